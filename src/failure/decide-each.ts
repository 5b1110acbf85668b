/** Rulesets over the outcome columns of requests: which failed, and by what. */
import { isInferred } from '../model/service.ts';
import type { ServiceRef } from '../model/service.ts';
import { STATUS_ERROR, STATUS_OK } from '../model/span.ts';
import { failsByGrpc } from './decide.ts';
import type { Side } from './decide.ts';
import { holdsText, policyFinder } from './policies.ts';
import type { DecidingRule, Policy } from './policies.ts';
import type { Ruleset } from '../model/ruleset.ts';

/** What of a request table the rules read (assembly/request-table.ts has it). */
export interface OutcomeColumns {
  readonly count: number;
  readonly services: readonly ServiceRef[];
  readonly texts: readonly string[];
  readonly service: Uint32Array;
  readonly endpoint: Uint32Array;
  readonly status: Uint8Array;
  readonly httpStatus: Uint16Array;
  readonly grpcStatus: Uint8Array;
  readonly exception: Uint32Array;
  readonly callStatus: Uint8Array;
  readonly callHttpStatus: Uint16Array;
  readonly callGrpcStatus: Uint8Array;
}

export const SUCCEEDED = 0;
export const FAILED = 1;
/** Failed because a rule of the user's own names its HTTP status. */
export const FAILED_BY_HTTP_RULE = 2;

/** Bits of column `status` (assembly/request-table.ts). */
const STATUS = 3;
const ESCAPED = 4;
const EXCEPTION = 8;
/** In column `callStatus`: no view of a caller. */
const NO_CALL = 255;

interface Outcome {
  readonly status: number;
  readonly http: number;
  readonly grpc: number;
  /** Text number. */
  readonly exception: number;
}

/** SUCCEEDED, FAILED or FAILED_BY_HTTP_RULE for each of the requests. */
export function decideEach(
  table: OutcomeColumns,
  rows: Uint32Array,
  ruleset: Ruleset,
): Uint8Array<ArrayBuffer> {
  const { status, httpStatus, grpcStatus, exception, service, endpoint } = table;
  const policyOf = policyFinder(ruleset, table.services, table.texts);
  const decide = decider(table.texts);
  const sides = table.services.map(({ type }): Side => (isInferred(type) ? 'client' : 'server'));
  const decided = new Uint8Array(rows.length);
  rows.forEach((row, place) => {
    const outcome = {
      status: status[row],
      http: httpStatus[row],
      grpc: grpcStatus[row],
      exception: exception[row],
    };
    decided[place] = decide(outcome, policyOf(service[row], endpoint[row]), sides[service[row]]);
  });
  return decided;
}

/** The caller's view of every request, by the rules for the called service: 0 none, 1 fine, 2 failed. */
export function decideCalls(table: OutcomeColumns, ruleset: Ruleset): Uint8Array<ArrayBuffer> {
  const policyOf = policyFinder(ruleset, table.services, table.texts);
  const decide = decider(table.texts);
  const views = new Uint8Array(table.count);
  for (let row = 0; row < table.count; row++) {
    if (table.callStatus[row] === NO_CALL) continue;
    const outcome = {
      status: table.callStatus[row],
      http: table.callHttpStatus[row],
      grpc: table.callGrpcStatus[row],
      exception: 0,
    };
    const policy = policyOf(table.service[row], table.endpoint[row]);
    views[row] = decide(outcome, policy, 'client') === SUCCEEDED ? 1 : 2;
  }
  return views;
}

function decider(texts: readonly string[]): (outcome: Outcome, policy: Policy, side: Side) => number {
  const fits = ruleTest(texts);
  return (outcome, policy, side) => {
    for (const rule of policy.rules) {
      if (!fits(rule, outcome)) continue;
      if (rule.verdict === 'success') return SUCCEEDED;
      return rule.kind === 'httpStatus' ? FAILED_BY_HTTP_RULE : FAILED;
    }
    return failsBySignals(outcome, policy, side) ? FAILED : SUCCEEDED;
  };
}

/** Rules 2 to 6 of SEMANTICS §7, as far as the preset looks at them. */
function failsBySignals({ status, http, grpc }: Outcome, policy: Policy, side: Side): boolean {
  if (policy.status) {
    if ((status & STATUS) === STATUS_ERROR) return true;
    if ((status & STATUS) === STATUS_OK) return false;
  }
  if (policy.http && http >= policy.httpFrom[side] && http <= 599) return true;
  if (policy.grpc && failsByGrpc(grpc, side)) return true;
  if (policy.exception === 'none') return false;
  return (status & (policy.exception === 'any' ? ESCAPED | EXCEPTION : ESCAPED)) !== 0;
}

/** Each rule compares itself with each exception text once. */
function ruleTest(texts: readonly string[]): (rule: DecidingRule, outcome: Outcome) => boolean {
  const held = new Map<DecidingRule, Map<number, boolean>>();
  const holds = (rule: DecidingRule & { kind: 'exception' }, exception: number): boolean => {
    const known = held.get(rule) ?? new Map<number, boolean>();
    held.set(rule, known);
    const answer = known.get(exception) ?? holdsText(texts[exception], rule.text);
    known.set(exception, answer);
    return answer;
  };
  return (rule, { http, exception }) => {
    if (rule.kind === 'httpStatus') return http !== 0 && http >= rule.from && http <= rule.to;
    return exception !== 0 && holds(rule, exception);
  };
}
