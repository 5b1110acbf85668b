/** Which requests the counts of outliers are about. */
import type { ChainPath, Target } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import type { OutliersAnswer, OutlierValue } from '../../model/answers-outliers.ts';
import type { Condition } from '../../model/conditions.ts';
import type { ChainEnd } from '../../model/service.ts';
import { attributeIs, compare, durationWithin, textIs, textOrNil } from '../filter/narrow.ts';
import { joinParts } from '../filter/describe-filter.ts';

export type Side = 'inside' | 'outside';

/** All outliers or all others of the target. */
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

/** Those of a side that bear a value. */
export function valueEvidence(
  target: Target,
  answer: OutliersAnswer,
  { field, value, path }: OutlierValue,
  side: Side,
): EvidenceSelection {
  const all = sideEvidence(target, answer, side);
  const through = (chain: ChainPath, ...more: readonly Condition[]): EvidenceSelection => {
    const where = joinParts([...sideConditions(answer, side), ...more]);
    return { place: { kind: 'node', path: chain }, count: 'calls', ...(where && { where }) };
  };
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
    case 'grpcStatus':
      return { ...all, where: textOrNil('request:grpcStatus', value) };
    case 'caller':
      return path ? through([target.service, ...path]) : { ...all, end: value as ChainEnd };
    case 'chain':
      return { ...through(path ?? [target.service], ...ownService(target, path)), end: 'any' };
  }
}

/** Of several services the first stands for all at the root of a chain: the condition tells whose chain it is. */
export function ownService({ others = [] }: Target, chain: ChainPath | null): readonly Condition[] {
  return chain === null || others.length === 0 ? [] : [textIs('request:service', chain[0].name)];
}

/** The same as conditions, for a list at another place. */
function sideConditions({ cutNs }: OutliersAnswer, side: Side): readonly Condition[] {
  if (cutNs !== null)
    return durationWithin(side === 'inside' ? { from: cutNs, to: null } : { from: 0, to: cutNs });
  return [compare('request:failed', '=', { kind: 'boolean', boolean: side === 'inside' })];
}
