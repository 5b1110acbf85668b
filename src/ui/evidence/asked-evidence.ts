import type { Filter, Target } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';

/** Whose requests a list is picked from, and which. */
export interface AskedEvidence {
  /** null: of all services. */
  readonly target: Target | null;
  readonly filter: Filter;
  readonly selection: EvidenceSelection;
  /** Of what is on both sides of a comparison: the other side. */
  readonly other?: { readonly target: Target; readonly filter: Filter };
}

/** As the question is put. */
export function askedParams({ target, filter, selection, other }: AskedEvidence): AskedEvidence {
  return { target, filter, selection, ...(other && { other }) };
}
