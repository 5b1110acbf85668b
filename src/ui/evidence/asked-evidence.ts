import type { Filter, Target } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import type { DatasetSummary } from '../../model/dataset.ts';
import type { Questions } from '../../query/questions.ts';

/** Whose requests a list is picked from, and which. */
export interface AskedEvidence {
  /** null: of all services. */
  readonly target: Target | null;
  readonly filter: Filter;
  readonly selection: EvidenceSelection;
  /** Of what is on both sides of a comparison: the other side. */
  readonly other?: { readonly target: Target; readonly filter: Filter };
  /** The requests are of this dataset, not of the open one. */
  readonly stored?: DatasetSummary;
}

/** As the question is put. */
export function askedParams({
  target,
  filter,
  selection,
  other,
  stored,
}: AskedEvidence): Omit<Questions['evidence']['params'], 'page'> {
  return { target, filter, selection, ...(other && { other }), ...(stored && { dataset: stored.id }) };
}
