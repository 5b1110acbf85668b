import type { RequestTable } from '../assembly/request-table.ts';
import { STATUS_ESCAPED, STATUS_MASK } from '../assembly/request-table.ts';
import { decideEach, FAILED_BY_HTTP_RULE, SUCCEEDED } from '../failure/decide-each.ts';
import { failureReason } from '../failure/reason.ts';
import { isDefaultRuleset } from '../failure/rulesets.ts';
import type { Ruleset } from '../model/ruleset.ts';
import type { StatusCode } from '../model/span.ts';
import { outcomeCases } from './outcome-cases.ts';

/** The table as other rules see it: `failed`, `reason` and `texts` replaced, all other columns shared. */
export function withRules(table: RequestTable, ruleset: Ruleset): RequestTable {
  if (isDefaultRuleset(ruleset)) return table;
  const { caseOf, rows } = outcomeCases(table);
  const decided = decideEach(table, rows, ruleset);
  const texts = [...table.texts];
  const numberOf = textNumbers(texts);
  const reasons = rows.map((row, number) => {
    if (decided[number] === SUCCEEDED) return 0;
    return table.exception[row] || numberOf(reasonOf(table, row, decided[number]));
  });
  const failed = new Uint8Array(table.count);
  const reason = new Uint32Array(table.count);
  for (let row = 0; row < table.count; row++) {
    if (decided[caseOf[row]] === SUCCEEDED) continue;
    failed[row] = 1;
    reason[row] = reasons[caseOf[row]];
  }
  return { ...table, texts, failed, reason };
}

/** The reason of a request without an exception. */
function reasonOf(table: RequestTable, row: number, decided: number): string {
  const httpStatus = table.httpStatus[row];
  if (decided === FAILED_BY_HTTP_RULE) return `HTTP ${httpStatus}`;
  const outcome = {
    status: (table.status[row] & STATUS_MASK) as StatusCode,
    httpStatus,
    grpcStatus: table.grpcStatus[row],
    escaped: (table.status[row] & STATUS_ESCAPED) !== 0,
  };
  return failureReason(outcome, '', table.texts[table.message[row]]);
}

/** Numbers of texts; new ones are added. */
function textNumbers(texts: string[]): (text: string) => number {
  const numbers = new Map(texts.map((text, number) => [text, number]));
  return (text) => {
    let number = numbers.get(text);
    if (number === undefined) numbers.set(text, (number = texts.push(text) - 1));
    return number;
  };
}

/** As withRules; remembers for each table the rules that were asked for last. */
export function ruledTables(): (table: RequestTable, ruleset: Ruleset) => RequestTable {
  const known = new WeakMap<RequestTable, { key: string; ruled: RequestTable }>();
  return (table, ruleset) => {
    const key = JSON.stringify(ruleset);
    const last = known.get(table);
    if (last?.key === key) return last.ruled;
    const ruled = withRules(table, ruleset);
    known.set(table, { key, ruled });
    return ruled;
  };
}
