/**
 * Asks the questions of the screens about a little of a dataset before somebody asks them about all of it: code that an
 * engine has not run yet takes twice as long, and so does memory that is used for the first time.
 */
import type { RequestTable } from '../assembly/request-table.ts';
import type { SegmentLoader } from '../columns/span-source.ts';
import { EVERYTHING } from '../model/answers.ts';
import type { DataRange, Filter, Target } from '../model/answers.ts';
import type { TopChoice } from '../model/answers-top.ts';
import type { ServiceRef } from '../model/service.ts';
import { answer } from './questions.ts';
import { wholeRange } from './timeframe.ts';

/** As often as V8 needs to optimise what a question runs for long. */
const ROUNDS = 8;
/** Each asks about this part of the range, in milliseconds even where the whole takes a second. */
const PART = 25n;

/** Questions that read a sample of the spans read as many of a part as of the whole: every so many rounds will do. */
const SAMPLES_EVERY = 2;

const BY_ENDPOINT: TopChoice = {
  kind: 'all',
  splits: [{ kind: 'fact', name: 'endpoint' }],
  measure: 'requests',
  top: 10,
};

/** A question at a step. */
export async function* rehearse(table: RequestTable, load: SegmentLoader): AsyncGenerator<void> {
  const service = busiestService(table);
  const range = wholeRange(table);
  if (service === null || range === null) return;
  for (let round = 0; round < ROUNDS; round++) {
    for (const ask of questionsAbout(table, load, { service, range, round })) {
      await ask();
      yield;
    }
  }
}

function questionsAbout(
  table: RequestTable,
  load: SegmentLoader,
  { service, range, round }: { service: ServiceRef; range: DataRange; round: number },
): (() => Promise<unknown>)[] {
  const target: Target = { service, endpoint: null, instance: null };
  const about = { target, filter: partOf(range, round) };
  const at = { ...about, path: [service] };
  const context = { load, rules: null, second: null };
  return [
    () => answer(table, 'service', about, context),
    () => answer(table, 'backtrace', about, context),
    () => answer(table, 'node', at, context),
    () => answer(table, 'hops', about, context),
    () => answer(table, 'fates', about, context),
    () => answer(table, 'completeness', about, context),
    () => answer(table, 'retries', about, context),
    () => answer(table, 'disagreement', about, context),
    () => answer(table, 'throughput', about, context),
    () => answer(table, 'instances', at, context),
    () => answer(table, 'distribution', { ...at, scale: 'log' }, context),
    () => answer(table, 'causes', at, context),
    () => answer(table, 'flow', at, context),
    () => answer(table, 'hotspots', at, context),
    () => answer(table, 'outliers', { ...at, set: 'slow5' }, context),
    () => answer(table, 'topRequests', { filter: about.filter, choice: BY_ENDPOINT }, context),
    () => {
      const other = { target, filter: partOf(range, round + 1), dataset: null };
      return answer(table, 'compare', { ...about, other }, context);
    },
    ...(round % SAMPLES_EVERY > 0
      ? []
      : [
          () => answer(table, 'methods', at, context),
          () => answer(table, 'stackTraces', at, context),
          () => answer(table, 'proxies', at, context),
          () => answer(table, 'referrers', at, context),
        ]),
  ];
}

/** Rounds ask about parts that lie evenly over the range. */
function partOf({ from, to }: DataRange, round: number): Filter {
  const start = from + ((to - from) * BigInt(round)) / BigInt(ROUNDS + 1);
  return { ...EVERYTHING, timeframe: { from: start, to: start + (to - from) / PART + 1n } };
}

/** null: there is no request. */
function busiestService({ service, services }: RequestTable): ServiceRef | null {
  const requests = new Uint32Array(services.length);
  for (const number of service) requests[number]++;
  let busiest = 0;
  requests.forEach((count, number) => count > requests[busiest] && (busiest = number));
  return services[busiest] ?? null;
}
