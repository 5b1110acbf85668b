/** SEMANTICS.md §6, Impact: what came of the failures at the end of the chains. */
import type { Impact } from '../../src/model/answers.ts';
import type { ChainEnd, Verdict } from '../../src/model/service.ts';
import { first, KEYS } from './attributes.ts';
import type { Request } from './requests.ts';
import { binomialAbove } from './statistics.ts';

export const SIGNIFICANCE = 0.05;

/** A distinct request at the end of chains of targets. */
interface EndRequest {
  readonly request: Request;
  readonly kind: ChainEnd;
  readonly hit: boolean;
}

export function endOfChain(request: Request): Request {
  let at = request;
  while (at.caller) at = at.caller;
  return at;
}

export function impactOf(targets: readonly Request[]): Impact {
  const ends = distinctEnds(targets);
  const reached = ends.filter((end) => end.kind !== 'callerMissing');
  const notHit = reached.filter((end) => !end.hit);
  return {
    verdict: verdictOf(ends),
    ends: {
      userAction: countsOf(ends, 'userAction'),
      entryPoint: countsOf(ends, 'entryPoint'),
      callerMissing: countsOf(ends, 'callerMissing'),
    },
    notHit: notHit.length,
    notHitFailed: notHit.filter((end) => end.request.failed).length,
    users: distinctIds(reached, KEYS.user),
    sessions: distinctIds(reached, KEYS.session),
  };
}

function distinctEnds(targets: readonly Request[]): EndRequest[] {
  const hitByEnd = new Map<Request, boolean>();
  for (const target of targets) {
    const end = endOfChain(target);
    hitByEnd.set(end, target.failed || (hitByEnd.get(end) ?? false));
  }
  return [...hitByEnd].map(([request, hit]) => ({ request, hit, kind: request.end ?? 'callerMissing' }));
}

function countsOf(ends: readonly EndRequest[], kind: ChainEnd): Impact['ends'][ChainEnd] {
  const ofKind = ends.filter((end) => end.kind === kind);
  const hit = ofKind.filter((end) => end.hit);
  return {
    requests: ofKind.length,
    hit: hit.length,
    hitFailed: hit.filter((end) => end.request.failed).length,
  };
}

function verdictOf(ends: readonly EndRequest[]): Verdict {
  const allHit = ends.filter((end) => end.hit);
  if (allHit.length === 0) return 'no failures';
  const hit = allHit.filter((end) => end.kind !== 'callerMissing');
  if (hit.length === 0) return 'unknown';
  const notHit = ends.filter((end) => !end.hit && end.kind !== 'callerMissing');
  const hitFailed = hit.filter((end) => end.request.failed);
  const notHitFailed = notHit.filter((end) => end.request.failed);
  const lostSight = allHit.some((end) => end.kind === 'callerMissing' && end.request.failed);
  const handled = lostSight ? 'unknown' : 'handled';
  if (hitFailed.length === 0) return handled;
  const baseline = notHit.length === 0 ? 0 : notHitFailed.length / notHit.length;
  const above = binomialAbove(hit.length, hitFailed.length, baseline) < SIGNIFICANCE;
  if (!above) return handled;
  if (hitFailed.length / hit.length < 0.5) return 'partly handled';
  return hitFailed.some((end) => end.kind === 'userAction') ? 'reached users' : 'reached entry points';
}

/** Of any span of the request, the opening span first, then of its resource. */
export function idOf(request: Request, keys: readonly string[]): string | null {
  const others = request.spans.filter((span) => span !== request.opening);
  for (const carrier of [request.opening, ...others, { attributes: request.opening.resource }]) {
    const id = first(carrier, keys);
    if (id !== null) return id;
  }
  return null;
}

function distinctIds(ends: readonly EndRequest[], keys: readonly string[]): Impact['users'] {
  const known = ends.map((end) => ({ ...end, id: idOf(end.request, keys) })).filter((end) => end.id !== null);
  if (known.length === 0) return null;
  const hit = known.filter((end) => end.hit);
  return {
    hit: new Set(hit.map((end) => end.id)).size,
    hitFailed: new Set(hit.filter((end) => end.request.failed).map((end) => end.id)).size,
  };
}
