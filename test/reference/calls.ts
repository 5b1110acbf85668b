/** Issue 4, item 11: attempts at one operation, and how the two sides of a call see it. */
import type { Filter, Target } from '../../src/model/answers.ts';
import type { Ruleset } from '../../src/model/ruleset.ts';
import { matches, targetRequests } from './backtrace.ts';
import { httpStatus } from './failed.ts';
import type { ReferenceData, Request } from './requests.ts';
import { callFailsUnder } from './rulesets.ts';
import { callerSpan } from './spans.ts';

const DEFAULTS: Ruleset = { preset: 'headwater', http4xx: 'client', scopes: [], rules: [] };

/** Attempts in order, of every operation. */
export function operations(data: ReferenceData, target: Target, filter: Filter): Request[][] {
  const targets = targetRequests(data, target).filter((request) => matches(request, filter));
  const remaining = targets.filter((request) => request.caller !== null).sort(byStart);
  const found: Request[][] = [];
  for (const request of remaining) {
    const earlier = found.filter(
      ([first]) => first.caller === request.caller && first.endpoint === request.endpoint,
    );
    const latest = earlier.at(-1);
    const before = latest?.at(-1);
    if (latest && before && isRetry(before, request)) latest.push(request);
    else found.push([request]);
  }
  return found;
}

function byStart(a: Request, b: Request): number {
  const [left, right] = [a.startUnixNano ?? 0n, b.startUnixNano ?? 0n];
  return left < right ? -1 : left > right ? 1 : 0;
}

function isRetry(before: Request, after: Request): boolean {
  if (!before.failed || before.startUnixNano === null || after.startUnixNano === null) return false;
  return after.startUnixNano >= before.startUnixNano + BigInt(before.durationNs);
}

export interface ReferenceView {
  readonly request: Request;
  readonly callerFailed: boolean;
  readonly shared4xx: boolean;
}

/** Target requests that a CLIENT span called. */
export function views(data: ReferenceData, target: Target, filter: Filter): ReferenceView[] {
  const targets = targetRequests(data, target).filter((request) => matches(request, filter));
  return targets.flatMap((request) => {
    const call =
      request.inferred || request.service.type === 'application' ? null : callerSpan(request.opening);
    if (call?.kind !== 3) return [];
    const status = httpStatus(call);
    return [
      {
        request,
        callerFailed: callFailsUnder(request, call, DEFAULTS),
        shared4xx:
          status !== null && status >= 400 && status <= 499 && status === httpStatus(request.opening),
      },
    ];
  });
}
