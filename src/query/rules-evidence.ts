import type { RequestTable } from '../assembly/request-table.ts';
import { HEADWATER_RULES } from '../failure/rulesets.ts';
import type {
  EvidenceAnswer,
  EvidencePage,
  EvidenceSelection,
  RulesPlace,
} from '../model/answers-evidence.ts';
import type { Ruleset } from '../model/ruleset.ts';
import { serviceNumber } from './chain-filter.ts';
import { evidencePage } from './evidence.ts';
import { knownList, rememberList } from './evidence-lists.ts';
import { ruledTables } from './with-rules.ts';

// The next page is asked for with the same rules.
const [inForce, tried] = [ruledTables(), ruledTables()];

/** By the verdicts of the rules in force and of those that are tried, 1: failed. */
const CHANGES: Readonly<Record<RulesPlace['change'], (was: number, becomes: number) => boolean>> = {
  requests: () => true,
  failedBefore: (was) => was === 1,
  failedAfter: (_, becomes) => becomes === 1,
  becameFailed: (was, becomes) => becomes > was,
  becameFine: (was, becomes) => was > becomes,
};

export interface RulesEvidenceParams {
  readonly selection: EvidenceSelection & { readonly place: RulesPlace };
  /** Those in force. */
  readonly rules: Ruleset | undefined;
}

/** The requests behind a number of the preview of rules, of the table as assembled; shown as the rules in force see them. */
export function listRulesEvidence(
  table: RequestTable,
  params: RulesEvidenceParams,
  page: EvidencePage,
): EvidenceAnswer {
  const { selection, rules = HEADWATER_RULES } = params;
  const { place, service, reason } = selection;
  const before = inForce(table, rules);
  const known = knownList(before, params);
  if (known) return evidencePage(before, known, page);
  const after = tried(table, place.after);
  const isSo = CHANGES[place.change];
  const number = service && serviceNumber(table, service);
  const bears = ({ reason: reasons, texts }: RequestTable, row: number) => texts[reasons[row]] === reason;
  const rows = new Uint32Array(table.count)
    .map((_, row) => row)
    .filter(
      (row) =>
        isSo(before.failed[row], after.failed[row]) &&
        (number === undefined || table.service[row] === number) &&
        (reason === undefined || bears(after.failed[row] ? after : before, row)),
    );
  return evidencePage(before, rememberList(before, params, { found: true, rows }), page);
}
