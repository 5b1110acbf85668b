/** Everything the screen may ask: name → function of the open dataset. Types: workers/api.ts. */
import { backtrace } from './backtrace.ts';
import { compareBacktraces } from './compare.ts';
import { describeCompleteness } from './completeness.ts';
import { describeDisagreement } from './disagreement.ts';
import { describeDistribution, describeInstances, describeThroughput } from './distribution.ts';
import { listEvidence } from './evidence.ts';
import type { OtherRequests } from './evidence.ts';
import {
  countedTable,
  joinBacktrace,
  joinNode,
  joinService,
  joinServices,
  withCounts,
} from './extrapolation.ts';
import { describeFates } from './fates.ts';
import { describeFlow } from './flow.ts';
import { describeHops } from './hops.ts';
import { describeHotspots } from './hotspots.ts';
import { describeNode } from './node.ts';
import { describeRetries } from './retries.ts';
import { listRulesEvidence } from './rules-evidence.ts';
import { prepareFilters } from './prepare-filters.ts';
import { previewChange } from './rules-preview.ts';
import { describeService } from './service.ts';
import { listServices } from './services.ts';
import { describeSampling } from './sampling.ts';
import { listSeenEvidence } from './seen-evidence.ts';
import { spanQuestions } from './span-questions.ts';
import type { SpanData } from './span-forest.ts';
import type { SpanQuestions } from './span-questions.ts';
import { spanSource } from './span-sources.ts';
import { listTopEvidence } from './top-evidence.ts';
import { ruledTables } from './with-rules.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { SegmentLoader, SpanSource } from '../columns/span-source.ts';
import type { Ruleset } from '../model/ruleset.ts';
import { EVERYTHING } from '../model/answers.ts';
import type {
  BacktraceAnswer,
  ChainPath,
  Filter,
  NodeAnswer,
  SamplingAnswer,
  ServiceAnswer,
  ServicesAnswer,
  Target,
} from '../model/answers.ts';
import type { DisagreementAnswer, RetriesAnswer } from '../model/answers-calls.ts';
import type { CompareAnswer } from '../model/answers-compare.ts';
import type {
  DistributionAnswer,
  HistogramScale,
  InstancesAnswer,
  ThroughputAnswer,
} from '../model/answers-distribution.ts';
import { isOfAllServices } from '../model/answers-evidence.ts';
import type { EvidenceAnswer, EvidencePage, EvidenceSelection } from '../model/answers-evidence.ts';
import type { FlowAnswer } from '../model/answers-flow.ts';
import type { HotspotsAnswer } from '../model/answers-hotspots.ts';
import type { CompletenessAnswer, FatesAnswer, HopsAnswer } from '../model/answers-impact.ts';
import type { RulesPreview } from '../model/answers-rules.ts';
import type { Condition } from '../model/conditions.ts';
import type { NodeParams } from '../model/answers-spans.ts';

/** Those of SpanQuestions read spans again and take their time; all others are answered from the table. */
export interface Questions extends SpanQuestions {
  services: { params: { filter: Filter }; answer: ServicesAnswer };
  service: { params: { target: Target; filter: Filter }; answer: ServiceAnswer };
  backtrace: { params: { target: Target; filter: Filter }; answer: BacktraceAnswer };
  /** `path` names the node: path[0] is the target service itself. */
  node: { params: { target: Target; filter: Filter; path: ChainPath }; answer: NodeAnswer };
  /** How many requests of the whole those of the data stand for. */
  sampling: { params: Record<string, never>; answer: SamplingAnswer };
  hops: { params: { target: Target; filter: Filter }; answer: HopsAnswer };
  fates: { params: { target: Target; filter: Filter }; answer: FatesAnswer };
  /** Of the requests at a node; path as for `node`. */
  hotspots: { params: { target: Target; filter: Filter; path: ChainPath }; answer: HotspotsAnswer };
  completeness: { params: { target: Target; filter: Filter }; answer: CompletenessAnswer };
  /** Of the table as assembled, not as other rules see it. */
  rulesPreview: { params: { before: Ruleset; after: Ruleset }; answer: RulesPreview };
  evidence: {
    params: {
      /** null: the place is of all services. */
      target: Target | null;
      filter: Filter;
      selection: EvidenceSelection;
      page: EvidencePage;
      rules?: Ruleset;
      /** Side b, of the open dataset: the requests are those on both sides. */
      other?: OtherRequests;
      /** Id of the stored dataset that all of this is about; left out: the open one. */
      dataset?: number;
    };
    answer: EvidenceAnswer;
  };
  /** Of the requests at a node; path as for `node`. */
  distribution: {
    params: { target: Target; filter: Filter; path: ChainPath; scale: HistogramScale };
    answer: DistributionAnswer;
  };
  /** Of the requests at a node: what they call, downwards. */
  flow: { params: NodeParams; answer: FlowAnswer };
  instances: { params: { target: Target; filter: Filter; path: ChainPath }; answer: InstancesAnswer };
  throughput: { params: { target: Target; filter: Filter }; answer: ThroughputAnswer };
  /** `other.dataset`: id of the stored dataset that side b is of; null: the open one. */
  compare: {
    params: {
      target: Target;
      filter: Filter;
      other: { target: Target; filter: Filter; dataset: number | null };
    };
    answer: CompareAnswer;
  };
  retries: { params: { target: Target; filter: Filter }; answer: RetriesAnswer };
  /** `rules`: those by which the table is seen; they decide on the caller's view too. */
  disagreement: { params: { target: Target; filter: Filter; rules?: Ruleset }; answer: DisagreementAnswer };
}

/** That of a service which the data does not hold. */
const NO_TARGET: Target = { service: { name: '', type: 'service' }, endpoint: null, instance: null };

export type QuestionName = keyof Questions;

type Answerers = {
  readonly [Q in QuestionName]: (
    table: RequestTable,
    params: Questions[Q]['params'],
    spans: SpanSource,
    second: RequestTable | null,
  ) => Questions[Q]['answer'] | Promise<Questions[Q]['answer']>;
};

export const questions: Answerers = {
  services: (table, { filter }) => withCounts(table, (seen) => listServices(seen, filter), joinServices),
  service: (table, { target, filter }) =>
    withCounts(table, (seen) => describeService(seen, target, filter), joinService),
  backtrace: (table, { target, filter }) =>
    withCounts(table, (seen) => backtrace(seen, target, filter), joinBacktrace),
  node: (table, { target, filter, path }) =>
    withCounts(table, (seen) => describeNode(seen, target, filter, path), joinNode),
  sampling: (table) => describeSampling(table),
  hops: (table, { target, filter }) => describeHops(table, target, filter),
  fates: (table, { target, filter }) => describeFates(table, target, filter),
  hotspots: (table, params) => describeHotspots(table, params),
  completeness: (table, { target, filter }) => describeCompleteness(table, target, filter),
  rulesPreview: (table, { before, after }) => previewChange(table, before, after),
  evidence: (table, { target, filter, selection, page, rules, other }, spans) => {
    const { place, where, seen } = selection;
    const narrowed = where ? { ...filter, where: both(filter.where, where) } : filter;
    const data = { table, spans };
    if (place.kind === 'rules')
      return listRulesEvidence(table, { selection: { ...selection, place }, rules }, page);
    if (isOfAllServices(place)) return listTopEvidence(data, narrowed, { ...selection, place }, page);
    const of = target ?? NO_TARGET;
    if (!seen) return listEvidence(table, of, narrowed, selection, page, { rules, other });
    const params = { target: of, filter: narrowed, selection: { ...selection, seen }, rules };
    return listSeenEvidence(data, params, page);
  },
  distribution: (table, { target, filter, path, scale }) =>
    describeDistribution(table, target, filter, path, scale),
  flow: (table, params) => describeFlow(table, params),
  instances: (table, { target, filter, path }) => describeInstances(table, target, filter, path),
  throughput: (table, { target, filter }) => describeThroughput(table, target, filter),
  compare: (table, { target, filter, other }, _, second) =>
    compareBacktraces({ table, target, filter }, { ...other, table: second ?? table }),
  retries: (table, { target, filter }) => describeRetries(table, target, filter),
  disagreement: (table, { target, filter, rules }) => describeDisagreement(table, target, filter, rules),
  ...spanQuestions,
};

const ruled = ruledTables();

export interface AnswerContext {
  /** Gives segments of the dataset, for the questions that read spans. */
  readonly load: SegmentLoader;
  /** null: those of SEMANTICS §7. */
  readonly rules: Ruleset | null;
  /** The other dataset that the question is about (second-dataset.ts). */
  readonly second: { readonly requests: RequestTable; readonly load: SegmentLoader } | null;
}

/** Answers one question about a dataset, as the failure rules see it. */
export async function answer<Q extends QuestionName>(
  table: RequestTable,
  question: Q,
  params: Questions[Q]['params'],
  { load, rules, second }: AnswerContext,
): Promise<Questions[Q]['answer']> {
  if (second !== null && isOfSecond(question, params))
    return answer(second.requests, question, params, { load: second.load, rules, second: null });
  const spans = spanSource(table, load);
  await prepare({ table, spans }, params, second);
  const seen = seesWeights(question, params) ? table : countedTable(table);
  const other = second && countedTable(second.requests);
  if (rules === null || question === 'rulesPreview') return questions[question](seen, params, spans, other);
  if (isOfRules(params)) return questions[question](seen, { ...params, rules }, spans, other);
  // Some questions decide on calls too, beside the requests of the table.
  const ruledOther = other && ruled(other, rules);
  return questions[question](ruled(seen, rules), { ...params, rules }, spans, ruledOther);
}

/** The open dataset has nothing to do with it. */
function isOfSecond(question: QuestionName, params: object): boolean {
  return question === 'evidence' && 'dataset' in params && params.dataset !== undefined;
}

/** These see the table as assembled: they are about what rules change. */
function isOfRules(params: object): boolean {
  return (
    'selection' in params && (params as { selection: EvidenceSelection }).selection.place.kind === 'rules'
  );
}

const ESTIMATED: readonly QuestionName[] = ['services', 'service', 'backtrace', 'node', 'topRequests'];

function seesWeights<Q extends QuestionName>(question: Q, params: Questions[Q]['params']): boolean {
  if (question === 'sampling') return true;
  if (!('filter' in params) || params.filter.extrapolated !== true) return false;
  // Which groups are told one by one depends on how they are ranked: the list of the rest follows.
  return ESTIMATED.includes(question) || ('selection' in params && params.selection.place.kind === 'rest');
}

function both(first: Condition | null, second: Condition): Condition {
  return first === null ? second : { kind: 'and', conditions: [first, second] };
}

/** The filter of the question, and that of what it is compared with, which may be about the other dataset. */
async function prepare(data: SpanData, params: object, second: AnswerContext['second']): Promise<void> {
  const { filter, other, selection } = params as {
    readonly filter?: Filter;
    readonly selection?: EvidenceSelection;
    readonly other?: { readonly filter: Filter };
  };
  const otherData =
    second === null ? data : { table: second.requests, spans: spanSource(second.requests, second.load) };
  if (filter) await prepareFilters(data, [filter]);
  const asked = [selection?.where, selection?.here].flatMap((where) =>
    where ? [{ ...EVERYTHING, where }] : [],
  );
  if (asked.length > 0) await prepareFilters(data, asked);
  if (other) await prepareFilters(otherData, [other.filter]);
}
