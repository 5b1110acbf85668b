/** Which requests the counts of outliers are about. */
import type { ChainPath } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import type { OutliersAnswer, OutlierValue } from '../../model/answers-outliers.ts';
import type { ChainEnd } from '../../model/service.ts';
import { attributeIs, textOrNil } from '../filter/narrow.ts';

export type Side = 'inside' | 'outside';

/** All outliers or all others of the requests at the node. */
export function sideEvidence(path: ChainPath, answer: OutliersAnswer, side: Side): EvidenceSelection {
  const place = { kind: 'node', path } as const;
  const { cutNs } = answer;
  if (cutNs !== null) {
    const durationNs = side === 'inside' ? { from: cutNs, to: null } : { from: 0, to: cutNs };
    return { place, count: 'requests', durationNs };
  }
  // The empty reason is that of all requests that did not fail.
  return side === 'inside' ? { place, count: 'failedRequests' } : { place, count: 'requests', reason: '' };
}

/** Those of a side that bear a value. */
export function valueEvidence(
  at: ChainPath,
  answer: OutliersAnswer,
  { field, value, path }: OutlierValue,
  side: Side,
): EvidenceSelection {
  const all = sideEvidence(at, answer, side);
  if (field.kind !== 'request') return { ...all, here: attributeIs(field.kind, field.key, value) };
  switch (field.name) {
    case 'endpoint':
      return { ...all, endpoint: value ?? '' };
    case 'instance':
      return { ...all, instance: value ?? '' };
    case 'outcome':
      return value === 'failed' ? { ...all, count: 'failedRequests' } : { ...all, reason: '' };
    case 'reason':
      return { ...all, reason: value ?? '' };
    case 'httpStatus':
      return { ...all, httpStatus: Number(value ?? 0) };
    case 'grpcStatus':
      return { ...all, here: textOrNil('request:grpcStatus', value) };
    case 'caller':
      return path ? { ...all, calledBy: path[0] } : { ...all, end: value as ChainEnd };
    case 'chain':
      return path ? { ...all, chain: path } : all;
  }
}
