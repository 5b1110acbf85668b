/** Which requests the counts of outliers are about. */
import type { Target } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import type { OutliersAnswer, OutlierValue } from '../../model/answers-outliers.ts';

export type Side = 'inside' | 'outside';

/** All outliers or all others. */
export function sideEvidence({ service }: Target, answer: OutliersAnswer, side: Side): EvidenceSelection {
  const place = { kind: 'node', path: [service] } as const;
  const { cutNs } = answer;
  if (cutNs !== null) {
    const durationNs = side === 'inside' ? { from: cutNs, to: null } : { from: 0, to: cutNs };
    return { place, count: 'requests', durationNs };
  }
  // The empty reason is that of all requests that did not fail.
  return side === 'inside' ? { place, count: 'failedRequests' } : { place, count: 'requests', reason: '' };
}

/** Those of a side that bear a value; null: no list can be narrowed to it. */
export function valueEvidence(
  target: Target,
  answer: OutliersAnswer,
  { field, value }: OutlierValue,
  side: Side,
): EvidenceSelection | null {
  const all = sideEvidence(target, answer, side);
  if (field.kind !== 'request') return null;
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
      return value === null ? null : { ...all, httpStatus: Number(value) };
    case 'caller':
    case 'chain':
    case 'grpcStatus':
      return null;
  }
}
