/** Issue 4, items 6 and 10: the fate of each failure, and what missing callers leave open. */
import type { Filter, Target } from '../../src/model/answers.ts';
import { KEYS } from './attributes.ts';
import { matches, NO_FILTER, targetRequests } from './backtrace.ts';
import { endOfChain, idOf } from './impact.ts';
import type { ReferenceData, Request } from './requests.ts';

export interface ReferenceFate {
  readonly fate: 'userAction' | 'entryPoint' | 'absorbed' | 'unknown' | 'nobodyWaited';
  readonly at: Request;
}

const CONSUMER = 5;

/** Of a failed request: asked of it, then of its caller, and so on while they failed. */
export function fateOf(failed: Request): ReferenceFate {
  if (failed.end === 'userAction') return { fate: 'userAction', at: failed };
  if (failed.opening.kind === CONSUMER) return { fate: 'nobodyWaited', at: failed };
  if (failed.caller === null) {
    return { fate: failed.end === 'entryPoint' ? 'entryPoint' : 'unknown', at: failed };
  }
  if (failed.caller.service.type === 'queue') return { fate: 'nobodyWaited', at: failed };
  return failed.caller.failed ? fateOf(failed.caller) : { fate: 'absorbed', at: failed.caller };
}

export function fates(data: ReferenceData, target: Target, filter: Filter = NO_FILTER): ReferenceFate[] {
  return targetRequests(data, target)
    .filter((request) => matches(request, filter) && request.failed)
    .map(fateOf);
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Bounds of users hit: what is known, and what there would be if every missing caller were another user's action. */
export function bounds(data: ReferenceData, target: Target, filter: Filter = NO_FILTER) {
  const targets = targetRequests(data, target).filter((request) => matches(request, filter));
  const ends = [...new Set(targets.map(endOfChain))];
  const hit = [...new Set(targets.filter((request) => request.failed).map(endOfChain))];
  const hitFailed = hit.filter((end) => end.failed);
  const actions = (over: readonly Request[]): Range => {
    const low = over.filter((end) => end.end === 'userAction').length;
    return { low, high: low + over.filter((end) => end.end === 'callerMissing').length };
  };
  const people = (keys: readonly string[], over: readonly Request[]): Range | null => {
    const isKnown = (end: Request): boolean => end.end !== 'callerMissing';
    if (!ends.some((end) => isKnown(end) && idOf(end, keys) !== null)) return null;
    const ids = (some: readonly Request[]): number =>
      new Set(some.map((end) => idOf(end, keys)).filter((id) => id !== null)).size;
    const nameless = over.filter((end) => idOf(end, keys) === null).length;
    return { low: ids(over.filter(isKnown)), high: ids(over) + nameless };
  };
  return {
    calls: targets.length,
    failedCalls: targets.filter((request) => request.failed).length,
    callsMissing: targets.filter((request) => endOfChain(request).end === 'callerMissing').length,
    failedCallsMissing: targets.filter(
      (request) => request.failed && endOfChain(request).end === 'callerMissing',
    ).length,
    ends: {
      userAction: ends.filter((end) => end.end === 'userAction').length,
      entryPoint: ends.filter((end) => end.end === 'entryPoint').length,
      callerMissing: ends.filter((end) => end.end === 'callerMissing').length,
    },
    userActionsHit: actions(hit),
    userActionsHitFailed: actions(hitFailed),
    usersHit: people(KEYS.user, hit),
    usersHitFailed: people(KEYS.user, hitFailed),
    sessionsHit: people(KEYS.session, hit),
    sessionsHitFailed: people(KEYS.session, hitFailed),
  };
}
