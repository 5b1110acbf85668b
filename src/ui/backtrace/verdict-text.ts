/** The verdict of a backtrace in words, with the numbers it rests on (SEMANTICS.md §6, Impact). */
import type { BacktraceAnswer, BacktraceNode, Impact } from '../../model/answers.ts';
import type { ChainEnd, Verdict } from '../../model/service.ts';
import { describeCount, describeCountOf, describeList, describeShareOf } from '../../util/text.ts';
import { nameOfServices } from '../../model/service.ts';

export interface VerdictText {
  /** One or two words. */
  readonly headline: string;
  readonly tone: 'good' | 'mixed' | 'bad' | 'open';
  readonly sentences: readonly string[];
}

const HEADLINES: Readonly<Record<Verdict, readonly [string, VerdictText['tone']]>> = {
  'no failures': ['No failures', 'good'],
  handled: ['Handled', 'good'],
  'partly handled': ['Partly handled', 'mixed'],
  'reached users': ['Reached users', 'bad'],
  'reached entry points': ['Reached entry points', 'bad'],
  unknown: ['Unknown', 'open'],
};

const END_NOUNS: Readonly<Record<ChainEnd, readonly [one: string, many: string]>> = {
  userAction: ['user action', 'user actions'],
  entryPoint: ['entry request', 'entry requests'],
  callerMissing: ['request whose caller is missing', 'requests whose caller is missing'],
};

const ENDS: readonly ChainEnd[] = ['userAction', 'entryPoint', 'callerMissing'];

export function describeVerdict(answer: BacktraceAnswer): VerdictText {
  const [headline, tone] = HEADLINES[answer.impact.verdict];
  return { headline, tone, sentences: sentencesOf(answer) };
}

function sentencesOf(answer: BacktraceAnswer): readonly string[] {
  const { root, impact } = answer;
  const name = nameOfServices(answer.target);
  if (impact.verdict === 'no failures') {
    return [
      root.calls === 1
        ? `The one request of ${name} succeeded.`
        : `None of the ${describeCount(root.calls)} requests of ${name} failed.`,
    ];
  }
  const first = `${upperFirst(howMany(root))} of ${name} failed; ${whereFrom(answer)}.`;
  return [first, ...baseline(answer), ...missing(answer), ...people(impact)];
}

function howMany({ calls, failedCalls }: BacktraceNode): string {
  const all = describeCountOf(calls, 'request');
  if (failedCalls < calls) return `${describeCount(failedCalls)} of ${all}`;
  return calls === 1 ? 'the one request' : `all ${all}`;
}

/** Where the failed requests came from, and what became of it there. */
function whereFrom(answer: BacktraceAnswer): string {
  const { root, impact } = answer;
  const one = root.failedCalls === 1;
  if (!areEnds(root)) {
    return `${one ? 'it' : 'they'} came from ${hitEnds(impact)}, ${failedEnds(impact)}`;
  }
  const kinds = ENDS.filter((end) => impact.ends[end].hit > 0).map((end) => END_NOUNS[end][one ? 0 : 1]);
  if (!one) return `they are themselves ${describeList(kinds)}`;
  return `it is itself ${impact.ends.entryPoint.hit > 0 ? 'an' : 'a'} ${describeList(kinds)}`;
}

/** No failed request has a caller: what ends their chains are they themselves. */
function areEnds(root: BacktraceNode): boolean {
  return root.callers.every((caller) => caller.failedCalls === 0);
}

/** `41 user actions and 2 entry requests` */
function hitEnds(impact: Impact): string {
  return describeList(
    ENDS.filter((end) => impact.ends[end].hit > 0).map((end) => {
      const [one, many] = END_NOUNS[end];
      return describeCountOf(impact.ends[end].hit, one, many);
    }),
  );
}

function failedEnds(impact: Impact): string {
  const { hit, hitFailed } = totalOf(impact);
  if (hit === 1) return hitFailed === 1 ? 'which failed too' : 'which did not fail';
  if (hitFailed === 0) return 'none of which failed';
  if (hitFailed === hit) return 'all of which failed too';
  return `${describeCount(hitFailed)} of which (${describeShareOf(hitFailed, hit)}) failed too`;
}

/** What happens without a failure here: without it `passed on` cannot be judged. */
function baseline({ root, impact }: BacktraceAnswer): readonly string[] {
  const { hit, hitFailed } = totalOf(impact);
  const comparesWithItself = areEnds(root) && impact.verdict !== 'handled';
  if (hitFailed === 0 || comparesWithItself) return [];
  if (impact.notHit === 0) return ['Every chain was hit, so there is nothing to compare with.'];
  const rate = `${describeCount(impact.notHitFailed)} (${describeShareOf(impact.notHitFailed, impact.notHit)})`;
  const others = `Of the ${describeCount(impact.notHit)} that were not hit, ${impact.notHitFailed === 0 ? 'none' : rate} failed`;
  return [
    impact.verdict === 'handled'
      ? `${others}: ${describeShareOf(hitFailed, hit)} is not above that beyond chance.`
      : `${others}.`,
  ];
}

function missing({ root, impact }: BacktraceAnswer): readonly string[] {
  const { hit } = impact.ends.callerMissing;
  if (hit === 0) return [];
  const ends = areEnds(root)
    ? 'Their callers are not in the data'
    : `${describeCountOf(hit, 'chain ends', 'chains end')} with a caller that is not in the data`;
  return [`${ends}: what became of the failures beyond that is not known.`];
}

/** `66 users in 82 sessions were hit; none of them saw a failed request.` */
function people(impact: Impact): readonly string[] {
  const { users, sessions } = impact;
  const who = users !== null && users.hit > 0 ? users : sessions;
  if (who === null || who.hit === 0) return [];
  const inSessions =
    who === users && sessions !== null ? ` in ${describeCountOf(sessions.hit, 'session')}` : '';
  const subject = `${describeCountOf(who.hit, who === users ? 'user' : 'session')}${inSessions}`;
  return [`${subject} ${who.hit === 1 ? 'was' : 'were'} hit; ${reached(who)}.`];
}

function reached({ hit, hitFailed }: { hit: number; hitFailed: number }): string {
  if (hit === 1) return `a request of theirs ${hitFailed === 1 ? 'failed' : 'did not fail'}`;
  if (hitFailed === 0) return 'none of them had a request fail';
  return `${hitFailed === hit ? 'all' : describeCount(hitFailed)} of them had a request fail`;
}

function totalOf(impact: Impact): { hit: number; hitFailed: number } {
  let hit = 0;
  let hitFailed = 0;
  for (const end of ENDS) {
    hit += impact.ends[end].hit;
    hitFailed += impact.ends[end].hitFailed;
  }
  return { hit, hitFailed };
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
