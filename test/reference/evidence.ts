/** Issue 4, item 9: the requests behind a number, picked from plain chains. */
import type { Filter, Target } from '../../src/model/answers.ts';
import type { EvidencePlace, EvidenceSelection } from '../../src/model/answers-evidence.ts';
import { chainBackwards, isWithin, matches, sameRef, targetRequests } from './backtrace.ts';
import { fateOf } from './fates.ts';
import type { ReferenceData, Request } from './requests.ts';

interface Passage {
  /** null: the passage is that of a hop, not of a target. */
  readonly target: Request | null;
  readonly at: Request;
  readonly below: Request | null;
}

export function evidence(
  data: ReferenceData,
  target: Target,
  filter: Filter,
  selection: EvidenceSelection,
): Request[] {
  const { fate, orMissing, count } = selection;
  const targets = targetRequests(data, target)
    .filter((request) => matches(request, filter))
    .filter((request) => {
      if (!fate) return true;
      if (!request.failed) return false;
      const { fate: own, at } = fateOf(request);
      if (orMissing && own === 'unknown') return true;
      return (
        own === fate.fate &&
        (!fate.service || sameRef(at.service, fate.service)) &&
        (fate.endpoint === undefined || at.endpoint === fate.endpoint)
      );
    });
  const passages = passagesThrough(targets, selection.place);
  const isHit = (request: Request): boolean =>
    passages.some(({ at, target: led }) => at === request && led?.failed);
  const hasFailedCallee = (request: Request): boolean =>
    passages.some(({ at, below }) => at === request && below?.failed);
  const fits = (request: Request): boolean =>
    conditions(data, request, selection) &&
    (selection.callee === undefined || hasFailedCallee(request) === (selection.callee === 'failed'));
  if (count === 'calls' || count === 'failedCalls') {
    return passages
      .filter(({ at }) => fits(at))
      .flatMap(({ target: led }) => (led && (count === 'calls' || led.failed) ? [led] : []));
  }
  const requests = [...new Set(passages.map(({ at }) => at))].filter(fits);
  return requests.filter((request) => {
    if (count.startsWith('hit') && !isHit(request)) return false;
    if (count.startsWith('notHit') && isHit(request)) return false;
    return !count.toLowerCase().includes('failed') || request.failed;
  });
}

function passagesThrough(targets: readonly Request[], place: EvidencePlace): Passage[] {
  const chains = targets.map(chainBackwards);
  if (place.kind === 'ends') {
    return chains.map((chain) => ({ target: chain[0], at: chain[chain.length - 1], below: null }));
  }
  if (place.kind === 'top' || place.kind === 'rest' || place.kind === 'rules') return [];
  if (place.kind === 'hop') {
    return [...new Set(chains.flat())].flatMap((below) => {
      const { caller } = below;
      const isHop = caller && sameRef(caller.service, place.caller) && sameRef(below.service, place.callee);
      return isHop ? [{ target: null, at: caller, below }] : [];
    });
  }
  const { path } = place;
  return chains
    .filter((chain) => path.every((service, i) => chain[i] && sameRef(chain[i].service, service)))
    .map((chain) => ({
      target: chain[0],
      at: chain[path.length - 1],
      below: path.length > 1 ? chain[path.length - 2] : null,
    }));
}

function conditions(data: ReferenceData, request: Request, selection: EvidenceSelection): boolean {
  const { end, orMissing, service, calling, calledBy, cause } = selection;
  const { endpoint, instance, reason, durationNs, start } = selection;
  const endsSo =
    request.end !== null &&
    (end === 'any' ||
      request.end === end ||
      (end === 'known' && request.end !== 'callerMissing') ||
      (orMissing && request.end === 'callerMissing'));
  const callees = data.requests.filter(({ caller }) => caller === request);
  return (
    (end === undefined || endsSo === true) &&
    (service === undefined || sameRef(request.service, service)) &&
    (calling === undefined || callees.some((callee) => sameRef(callee.service, calling))) &&
    (calledBy === undefined || (request.caller !== null && sameRef(request.caller.service, calledBy))) &&
    (cause === undefined || (request.failed && isCause(causeOf(data, request), request, cause))) &&
    (endpoint === undefined || request.endpoint === endpoint) &&
    (instance === undefined || request.instance === instance) &&
    (reason === undefined || (request.reason ?? '') === reason) &&
    (durationNs === undefined ||
      (request.durationNs >= durationNs.from &&
        (durationNs.to === null || request.durationNs < durationNs.to))) &&
    (start === undefined || isWithin(start, request.startUnixNano))
  );
}

/** docs/figures.md, Causes: of the deepest failed requests that failed calls lead down to, the first. */
export function causeOf(data: ReferenceData, request: Request): Request {
  let level = [request];
  for (;;) {
    const below = data.requests.filter(
      ({ caller, failed, opening, inferred }) =>
        failed && caller !== null && level.includes(caller) && (inferred || opening.kind !== 5),
    );
    if (below.length === 0) break;
    level = below;
  }
  const start = ({ startUnixNano }: Request) => startUnixNano ?? 2n ** 64n;
  // Those of a level stand in file order.
  return level.reduce((first, next) => (start(next) < start(first) ? next : first));
}

function isCause(
  at: Request,
  request: Request,
  { own, service, reason }: NonNullable<EvidenceSelection['cause']>,
): boolean {
  return (
    (at === request) === own &&
    (service === undefined || sameRef(at.service, service)) &&
    (reason === undefined || at.reason === reason)
  );
}
