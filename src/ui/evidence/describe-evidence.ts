/** What a list of requests holds, in words. */
import type { ChainPath, Target } from '../../model/answers.ts';
import type {
  EvidenceCount,
  EvidencePlace,
  EvidenceSelection,
  RulesPlace,
  TopPlace,
} from '../../model/answers-evidence.ts';
import { isOfAllServices } from '../../model/answers-evidence.ts';
import { isUncounted } from '../../model/answers-hotspots.ts';
import type { FindingKey, UncountedKey } from '../../model/answers-hotspots.ts';
import type { Fate } from '../../model/answers-impact.ts';
import { describeCount, describeDuration, describeInstant } from '../../util/text.ts';
import { describeChain, describeCondition, partsOf } from '../filter/describe-filter.ts';
import { describeGroup, describeSplit, KIND_NOUNS, MEASURE_TITLES } from '../requests/split-words.ts';
import { nameOfServices } from '../../model/service.ts';
import { describeSighting } from './describe-sighting.ts';

export interface EvidenceText {
  readonly title: string;
  /** What narrows it further, one part each. */
  readonly conditions: readonly string[];
  /** The step that the requests are at; null: no single one. */
  readonly path: ChainPath | null;
}

const END_NOUNS: Readonly<Record<NonNullable<EvidenceSelection['end']>, string>> = {
  any: 'Requests at the ends of the chains',
  known: 'User actions and entry requests',
  userAction: 'User actions',
  entryPoint: 'Entry requests',
  callerMissing: 'Requests whose caller is missing',
};

const SUBJECTS: Readonly<Record<EvidenceCount, (noun: string) => string>> = {
  calls: (noun) => noun,
  failedCalls: (noun) => `${noun} that failed`,
  requests: (noun) => noun,
  failedRequests: (noun) => `${noun} that failed`,
  hit: (noun) => `${noun} that led to a failed call`,
  hitFailed: (noun) => `${noun} that led to a failed call and failed themselves`,
  notHit: (noun) => `${noun} that led to successful calls only`,
  notHitFailed: (noun) => `${noun} that led to successful calls only and yet failed`,
};

const FATE_WORDS: Readonly<Record<Fate, string>> = {
  userAction: 'that reached the user action',
  entryPoint: 'that reached the entry point',
  absorbed: 'absorbed',
  unknown: 'whose caller is missing, last seen',
  nobodyWaited: 'that nobody waited for',
};

const OPERATION_WORDS: Readonly<Record<NonNullable<EvidenceSelection['operation']>, string>> = {
  operations: 'last attempts of all operations',
  retried: 'last attempts of operations that were retried',
  recovered: 'last attempts that succeeded after a failed one',
  exhausted: 'last attempts that failed like those before',
  notRetried: 'the only attempt failed',
  withoutCaller: 'no caller is known',
};

const AGREEMENT_WORDS: Readonly<Record<NonNullable<EvidenceSelection['agreement']>, string>> = {
  bothFine: 'fine to caller and service',
  bothFailed: 'failed to caller and service',
  agreed: 'the same to caller and service',
  callerOnly: 'failed to the caller, fine to the service',
  callerOnlyBy4xx: 'failed to the caller, fine to the service: HTTP 4xx',
  serviceOnly: 'fine to the caller, failed to the service',
  withoutView: 'called without a client span',
};

const SIDE_WORDS: Readonly<Record<NonNullable<EvidenceSelection['side']>, string>> = {
  b: 'side B of the comparison',
  both: 'on both sides of the comparison',
};

const WAITS_WORDS: Readonly<Record<NonNullable<EvidenceSelection['waits']>, string>> = {
  waitedFor: 'waited for: on the critical path',
  asynchronous: 'asynchronous: nobody waits for them',
};

export function describeEvidence(selection: EvidenceSelection, target: Target | null): EvidenceText {
  const { place, count, end } = selection;
  if (place.kind === 'rules') {
    const conditions = ['by the rules that are tried', ...conditionsOf(selection)];
    return { title: RULE_CHANGES[place.change], conditions, path: null };
  }
  if (isOfAllServices(place)) return describeTopEvidence(selection, place);
  // A list of a target, opened where there is none.
  if (target === null)
    return { title: SUBJECTS[count]('Requests'), conditions: conditionsOf(selection), path: null };
  if (place.kind === 'flow') return describeFlowEvidence(selection, place, target);
  const ofTarget = count === 'calls' || count === 'failedCalls';
  const noun = ofTarget ? `Requests of ${nameOfServices(target)}` : nounOf(place, end, target);
  return {
    title: SUBJECTS[count](noun),
    conditions: conditionsOf(selection),
    path: place.kind === 'node' && place.path.length > 1 ? place.path : null,
  };
}

function describeTopEvidence(selection: EvidenceSelection, place: TopPlace): EvidenceText {
  const noun = KIND_NOUNS[place.kind === 'top' ? place.of : place.choice.kind];
  return {
    title: SUBJECTS[selection.count](noun),
    conditions: [...groupsOf(place), ...conditionsOf(selection)],
    path: null,
  };
}

function groupsOf(place: TopPlace): readonly string[] {
  if (place.kind === 'top') return place.splits.map((split, at) => describeGroup(split, place.values[at]));
  const { splits, top, measure } = place.choice;
  const by = splits.map((split) => describeSplit(split)).join(' and ');
  return [`by ${by}: all but the first ${describeCount(top)} by ${MEASURE_TITLES[measure]}`];
}

const RULE_CHANGES: Readonly<Record<RulesPlace['change'], string>> = {
  requests: 'Requests',
  failedBefore: 'Requests that failed before',
  failedAfter: 'Requests that fail after',
  becameFailed: 'Requests that become failed',
  becameFine: 'Requests that become fine',
};

const FLOW_SUBJECTS: Readonly<Record<EvidenceCount, (root: string, noun: string) => string>> = {
  calls: (root, noun) => `Requests of ${root} that led to ${noun}`,
  failedCalls: (root, noun) => `Requests of ${root} that led to ${noun} and failed`,
  requests: (_, noun) => `${noun}`,
  failedRequests: (_, noun) => `${noun} that failed`,
  hit: (root, noun) => `${noun} below requests of ${root} that failed`,
  hitFailed: (root, noun) => `${noun} that failed, below requests of ${root} that failed`,
  notHit: (root, noun) => `${noun} below requests of ${root} that succeeded`,
  notHitFailed: (root, noun) => `${noun} that failed, below requests of ${root} that succeeded`,
};

function describeFlowEvidence(
  selection: EvidenceSelection,
  { path, down }: Extract<EvidencePlace, { kind: 'flow' }>,
  target: Target,
): EvidenceText {
  const root = path.at(-1) ?? target.service;
  const called = `${(down.at(-1) ?? root).name}`;
  const { callee, ...others } = selection;
  const calls =
    callee === undefined ? 'requests' : callee === 'failed' ? 'failed requests' : 'only successful requests';
  return {
    title: FLOW_SUBJECTS[selection.count](root.name, `${calls} of ${called}`).replace(/^r/, 'R'),
    conditions: [
      ...(path.length > 1 ? [`led to ${nameOfServices(target)}`] : []),
      ...conditionsOf({ ...others, place: selection.place }),
    ],
    path: down.toReversed(),
  };
}

function nounOf(
  place: Exclude<EvidencePlace, TopPlace | RulesPlace | { kind: 'flow' }>,
  end: EvidenceSelection['end'],
  target: Target,
): string {
  if (place.kind === 'ends') return END_NOUNS[end ?? 'any'];
  if (place.kind === 'hop') return `Requests of ${place.caller.name} that called ${place.callee.name}`;
  if (place.kind === 'finding') return nounOfFinding(place.finding);
  return `Requests of ${(place.path[place.path.length - 1] ?? target.service).name}`;
}

function nounOfFinding(finding: FindingKey | UncountedKey): string {
  if (isUncounted(finding))
    return finding.kind === 'outside'
      ? 'Calls that begin before their caller or end after it'
      : 'Calls that bear no time';
  if (finding.kind === 'statement')
    return `Requests ${endpointName(finding)} of ${finding.callee.name} that were waited for`;
  const callers = `Requests of ${finding.caller.name}`;
  return finding.kind === 'repeated'
    ? `${callers} that waited for many ${endpointName(finding)} of ${finding.callee.name}, one after another`
    : `${callers} that waited for ${finding.first.name} and then for ${finding.second.name}`;
}

function endpointName({ endpoint }: { readonly endpoint: string }): string {
  return endpoint === '' ? '(no name)' : endpoint;
}

function conditionsOf(selection: EvidenceSelection): readonly string[] {
  const { endpoint, instance, reason, httpStatus, durationNs, start, callee, fate, operation } = selection;
  const { calledBy, calling, chain, service, cause, seen, waits, orMissing, agreement } = selection;
  const ended = selection.end !== undefined && selection.place.kind === 'node';
  return [
    ...(selection.side === undefined ? [] : [SIDE_WORDS[selection.side]]),
    ...(ended && selection.end ? [describeEnd(selection.end)] : []),
    ...(service === undefined ? [] : [`of ${service.name}`]),
    ...(calling === undefined ? [] : [`called ${calling.name}`]),
    ...(calledBy === undefined ? [] : [`called by ${calledBy.name}`]),
    ...(chain === undefined ? [] : [`chain: ${describeChain(chain)}`]),
    ...(endpoint === undefined ? [] : [`endpoint ${endpointName({ endpoint })}`]),
    ...(instance === undefined ? [] : [`instance ${instance}`]),
    ...(reason === undefined ? [] : [`reason: ${reason}`]),
    ...(cause === undefined ? [] : [describeCause(cause)]),
    ...(seen === undefined ? [] : [describeSighting(seen)]),
    ...(waits === undefined ? [] : [WAITS_WORDS[waits]]),
    ...(httpStatus === undefined ? [] : [httpStatus === 0 ? 'no HTTP status' : `HTTP status ${httpStatus}`]),
    ...(durationNs === undefined ? [] : [describeBounds(durationNs)]),
    ...(start === undefined ? [] : [describeStart(start)]),
    ...(callee === undefined
      ? []
      : [callee === 'failed' ? 'a call of theirs failed' : 'no call of theirs failed']),
    ...(fate === undefined ? [] : [`failures ${describeFate(fate)}`]),
    ...(orMissing === undefined ? [] : ['or whose caller is missing']),
    ...(operation === undefined ? [] : [OPERATION_WORDS[operation]]),
    ...(agreement === undefined ? [] : [AGREEMENT_WORDS[agreement]]),
    ...partsOf(selection.here ?? null).map(describeCondition),
    ...partsOf(selection.where ?? null).map(describeCondition),
  ];
}

function describeCause({ own, service, reason }: NonNullable<EvidenceSelection['cause']>): string {
  const why = reason === undefined ? '' : `: ${reason}`;
  if (own) return `cause lies in the requests themselves${why}`;
  return `cause lies in ${service === undefined ? 'a callee' : service.name} further down${why}`;
}

function describeEnd(end: NonNullable<EvidenceSelection['end']>): string {
  return end === 'any' ? 'chain ends here' : `chain ends here: ${END_NOUNS[end].toLowerCase()}`;
}

function describeBounds({ from, to }: { readonly from: number; readonly to: number | null }): string {
  const low = describeDuration(from / 1e6);
  return to === null ? `${low} or longer` : `at least ${low}, below ${describeDuration(to / 1e6)}`;
}

function describeStart({ from, to }: NonNullable<EvidenceSelection['start']>): string {
  const since = from === null ? '' : `from ${describeInstant(from)}`;
  return to === null ? since : `${since} to ${describeInstant(to)}`.trim();
}

function describeFate({ fate, service, endpoint }: NonNullable<EvidenceSelection['fate']>): string {
  const words = FATE_WORDS[fate];
  if (service === undefined) return endpoint === undefined ? words : `${words} ${endpoint}`;
  if (fate === 'userAction' || fate === 'entryPoint')
    return `${words} ${endpoint === undefined || endpoint === '' ? '' : `${endpoint} `}of ${service.name}`;
  return `${words} ${fate === 'absorbed' ? 'by' : 'at'} ${service.name}`;
}
