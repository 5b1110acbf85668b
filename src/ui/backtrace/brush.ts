import type { ViewState } from '../../link/view-state.ts';
import type { ChainPath } from '../../model/answers.ts';
import type { EvidenceCount } from '../../model/answers-evidence.ts';

/**
 * What dragging over time at a step means: of the target's requests it is the timeframe, which tests their starts;
 * of a caller's it lists its requests.
 */
export function brush(
  path: ChainPath,
  count: EvidenceCount,
  range: { readonly from: bigint; readonly to: bigint },
): Partial<ViewState> {
  return path.length === 1 ? range : { evidence: { place: { kind: 'node', path }, count, start: range } };
}
