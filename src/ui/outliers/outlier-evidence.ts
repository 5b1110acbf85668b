/** Which requests the counts of outliers are about. */
import type { ServiceRef } from '../../model/service.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import type { OutliersAnswer, OutlierValue } from '../../model/answers-outliers.ts';
import type { Condition } from '../../model/conditions.ts';
import type { ChainEnd } from '../../model/service.ts';
import { attributeIs, compare, durationWithin } from '../filter/narrow.ts';
import { joinParts } from '../filter/describe-filter.ts';

export type Side = 'inside' | 'outside';

/** All outliers or all others of the service. */
export function sideEvidence(service: ServiceRef, answer: OutliersAnswer, side: Side): EvidenceSelection {
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
  service: ServiceRef,
  answer: OutliersAnswer,
  outlier: OutlierValue,
  side: Side,
): EvidenceSelection | null {
  const all = sideEvidence(service, answer, side);
  const { field, value, path } = outlier;
  if (field.kind !== 'request') return { ...all, where: attributeIs(field.kind, field.key, value) };
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
    case 'caller': {
      if (path === null) return { ...all, end: value as ChainEnd };
      const where = joinParts(sideConditions(answer, side));
      const place = { kind: 'node', path: [service, ...path] } as const;
      return { place, count: 'calls', ...(where && { where }) };
    }
    case 'chain':
    case 'grpcStatus':
      return null;
  }
}

/** The same as conditions, for a list at another place. */
function sideConditions({ cutNs }: OutliersAnswer, side: Side): readonly Condition[] {
  if (cutNs !== null)
    return durationWithin(side === 'inside' ? { from: cutNs, to: null } : { from: 0, to: cutNs });
  return [compare('request:failed', '=', { kind: 'boolean', boolean: side === 'inside' })];
}
