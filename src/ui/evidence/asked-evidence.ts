import type { Filter, Target } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';

/** Whose requests a list is picked from, and which. */
export interface AskedEvidence {
  /** null: of all services. */
  readonly target: Target | null;
  readonly filter: Filter;
  readonly selection: EvidenceSelection;
}
