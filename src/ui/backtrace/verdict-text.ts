/** The verdict of a backtrace in words, with the numbers it rests on (SEMANTICS.md §6, Impact). */
import type { BacktraceAnswer, BacktraceNode, Impact } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import type { ChainEnd, Verdict } from '../../model/service.ts';
import { describeCount, describeCountOf, describeList, describeShareOf } from '../../util/text.ts';
import { nameOfServices } from '../../model/service.ts';

/** A number, and the requests that it counts. */
export interface OpeningNumber {
  readonly text: string;
  readonly count: number;
  readonly opens: EvidenceSelection;
}

/** To be joined without anything between. */
export type Sentence = readonly (string | OpeningNumber)[];

export interface VerdictText {
  /** One or two words. */
  readonly headline: string;
  readonly tone: 'good' | 'mixed' | 'bad' | 'open';
  readonly sentences: readonly Sentence[];
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

function sentencesOf(answer: BacktraceAnswer): readonly Sentence[] {
  const { root, impact, target } = answer;
  const name = nameOfServices(target);
  if (impact.verdict === 'no failures') {
    const all = atTarget(answer, 'calls');
    return [
      root.calls === 1
        ? [{ ...all, text: 'The one request' }, ` of ${name} succeeded.`]
        : ['None of the ', { ...all, text: describeCountOf(root.calls, 'request') }, ` of ${name} failed.`],
    ];
  }
  const first = [...howMany(answer), ` of ${name} failed; `, ...whereFrom(answer), '.'];
  return [first, ...baseline(answer), ...missing(answer), ...people(impact)];
}

/** Target requests. */
function atTarget({ root, target }: BacktraceAnswer, count: 'calls' | 'failedCalls'): OpeningNumber {
  const opens: EvidenceSelection = { place: { kind: 'node', path: [target.service] }, count };
  return { text: describeCount(root[count]), count: root[count], opens };
}

/** Requests at the ends of the chains. */
function atEnds(
  count: number,
  of: 'hit' | 'hitFailed' | 'notHit' | 'notHitFailed',
  end: NonNullable<EvidenceSelection['end']>,
): OpeningNumber {
  return { text: describeCount(count), count, opens: { place: { kind: 'ends' }, count: of, end } };
}

function howMany(answer: BacktraceAnswer): Sentence {
  const { calls, failedCalls } = answer.root;
  const all = { ...atTarget(answer, 'calls'), text: describeCountOf(calls, 'request') };
  if (failedCalls < calls) return [atTarget(answer, 'failedCalls'), ' of ', all];
  return calls === 1 ? [{ ...all, text: 'The one request' }] : ['All ', all];
}

/** Where the failed requests came from, and what became of it there. */
function whereFrom(answer: BacktraceAnswer): Sentence {
  const { root, impact } = answer;
  const one = root.failedCalls === 1;
  if (!areEnds(root))
    return [one ? 'it came from ' : 'they came from ', ...hitEnds(impact), ', ', ...failedEnds(impact)];
  const kinds = ENDS.filter((end) => impact.ends[end].hit > 0).map((end) => END_NOUNS[end][one ? 0 : 1]);
  if (!one) return [`they are themselves ${describeList(kinds)}`];
  return [`it is itself ${impact.ends.entryPoint.hit > 0 ? 'an' : 'a'} ${describeList(kinds)}`];
}

/** No failed request has a caller: what ends their chains are they themselves. */
function areEnds(root: BacktraceNode): boolean {
  return root.callers.every((caller) => caller.failedCalls === 0);
}

/** `41 user actions and 2 entry requests` */
function hitEnds(impact: Impact): Sentence {
  const hit = ENDS.filter((end) => impact.ends[end].hit > 0);
  return hit.flatMap((end, i) => {
    const count = impact.ends[end].hit;
    const before = i === 0 ? [] : [i === hit.length - 1 ? ' and ' : ', '];
    return [...before, { ...atEnds(count, 'hit', end), text: describeCountOf(count, ...END_NOUNS[end]) }];
  });
}

function failedEnds(impact: Impact): Sentence {
  const { hit, hitFailed } = totalOf(impact);
  if (hit === 1) return [hitFailed === 1 ? 'which failed too' : 'which did not fail'];
  if (hitFailed === 0) return ['none of which failed'];
  if (hitFailed === hit) return ['all of which failed too'];
  return [atEnds(hitFailed, 'hitFailed', 'any'), ` of which (${describeShareOf(hitFailed, hit)}) failed too`];
}

/** What happens without a failure here: without it `passed on` cannot be judged. */
function baseline({ root, impact }: BacktraceAnswer): readonly Sentence[] {
  const { hit, hitFailed } = totalOf(impact);
  const { notHit, notHitFailed, verdict } = impact;
  const comparesWithItself = areEnds(root) && verdict !== 'handled';
  if (hitFailed === 0 || comparesWithItself) return [];
  if (notHit === 0) return [['Every chain was hit, so there is nothing to compare with.']];
  const failed: Sentence =
    notHitFailed === 0
      ? ['none']
      : [atEnds(notHitFailed, 'notHitFailed', 'known'), ` (${describeShareOf(notHitFailed, notHit)})`];
  const others = ['Of the ', atEnds(notHit, 'notHit', 'known'), ' that were not hit, ', ...failed, ' failed'];
  return [
    verdict === 'handled'
      ? [...others, `: ${describeShareOf(hitFailed, hit)} is not above that beyond chance.`]
      : [...others, '.'],
  ];
}

function missing({ root, impact }: BacktraceAnswer): readonly Sentence[] {
  const { hit } = impact.ends.callerMissing;
  if (hit === 0) return [];
  const ends: Sentence = areEnds(root)
    ? ['Their callers are not in the data']
    : [
        { ...atEnds(hit, 'hit', 'callerMissing'), text: describeCountOf(hit, 'chain ends', 'chains end') },
        ' with a caller that is not in the data',
      ];
  return [[...ends, ': what became of the failures beyond that is not known.']];
}

/** `66 users in 82 sessions were hit; none of them saw a failed request.` */
function people(impact: Impact): readonly Sentence[] {
  const { users, sessions } = impact;
  const who = users !== null && users.hit > 0 ? users : sessions;
  if (who === null || who.hit === 0) return [];
  const inSessions =
    who === users && sessions !== null ? ` in ${describeCountOf(sessions.hit, 'session')}` : '';
  const subject = `${describeCountOf(who.hit, who === users ? 'user' : 'session')}${inSessions}`;
  return [[`${subject} ${who.hit === 1 ? 'was' : 'were'} hit; ${reached(who)}.`]];
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
