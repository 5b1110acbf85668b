/** What bench.mjs calls in the browser: the threads without the screen. */
import { EVERYTHING } from '../../src/model/answers.ts';
import type { DataRange, Filter, Timeframe } from '../../src/model/answers.ts';
import type { DatasetSummary } from '../../src/model/dataset.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import type { Condition, ConditionField } from '../../src/model/conditions.ts';
import type { Ruleset } from '../../src/model/ruleset.ts';
import type { TopChoice } from '../../src/model/answers-top.ts';
import type { Outcome, QuestionName, Questions } from '../../workers/api.ts';
import { createClient } from '../../workers/client.ts';
import type { Order, ReadTimes, SpanTimes } from './measure.worker.ts';

/** About as many as workers/warm-up.ts reads. */
const WARM_UP_BYTES = 3_000_000;
/** JSON.parse of more than this at once would measure the memory, not the parser. */
const SAMPLE_BYTES = 64 * 2 ** 20;

const client = createClient();

function chosenFile(): File {
  const file = document.querySelector<HTMLInputElement>('#file')?.files?.[0];
  if (!file) throw new Error('No file is chosen.');
  return file;
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

/** The head of the file up to a line's end. */
async function sampleOf(file: File): Promise<File> {
  const head = file.slice(0, SAMPLE_BYTES);
  if (head.size === file.size) return file;
  const end = new Uint8Array(await head.arrayBuffer()).lastIndexOf(10) + 1;
  return new File([await head.slice(0, end).arrayBuffer()], file.name);
}

/** In a thread of its own. */
function measure<T>(order: Order): Promise<T> {
  const worker = new Worker(new URL('./measure.worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<T>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(order);
  });
}

async function readTimes(rounds: number): Promise<ReadTimes> {
  return measure({ what: 'one', files: [await sampleOf(chosenFile())], rounds });
}

/**
 * Of each chosen file but the first, and of the first by turns with it; times per round. A thread for each: whoever
 * drops a file has not read three dozen formats before it.
 */
async function readTimesBesideFirst(rounds: number): Promise<{ own: SpanTimes[]; first: SpanTimes[] }[]> {
  const [first, ...others] = document.querySelector<HTMLInputElement>('#file')?.files ?? [];
  const times = [];
  for (const file of others) {
    const [ofFirst, own] = await measure<SpanTimes[][]>({ what: 'each', files: [first, file], rounds });
    times.push({ own, first: ofFirst });
  }
  return times;
}

/** ms, in a thread of its own: warmed up as the app's are, with the head of the file, or not at all. */
async function detectionTime(thread: 'warm' | 'cold'): Promise<number> {
  const file = chosenFile();
  const little = new File([await file.slice(0, WARM_UP_BYTES).arrayBuffer()], file.name);
  return measure({ what: `${thread} detection`, files: [file, little], rounds: 1 });
}

/** ms of the import, and what it made. */
async function importFile(): Promise<{ ms: number; summary: DatasetSummary }> {
  const start = performance.now();
  const summary = valueOf(await client.importFiles([chosenFile()], null, () => undefined));
  return { ms: performance.now() - start, summary };
}

async function busiestServices(count: number): Promise<ServiceRef[]> {
  const { services } = valueOf(await client.ask('services', { filter: EVERYTHING }));
  return services
    .toSorted((one, other) => other.requests - one.requests)
    .slice(0, count)
    .map(({ service }) => service);
}

/** Timeframes asked for: none leaves out more than a hundredth. */
const CUTS = 5n;

async function backtrace(service: ServiceRef, filter: Filter): Promise<number> {
  const start = performance.now();
  valueOf(await client.ask('backtrace', { target: { service, endpoint: null, instance: null }, filter }));
  return performance.now() - start;
}

/** By service, ms of backtraces in timeframes asked for the first time; services by turns. */
async function backtraceTimes(services: readonly ServiceRef[], range: DataRange): Promise<number[][]> {
  const times = services.map((): number[] => []);
  for (let cut = 0n; cut < CUTS; cut++) {
    const from = range.from + ((range.to - range.from) * cut) / (CUTS * 100n);
    for (const [i, service] of services.entries()) {
      times[i].push(await backtrace(service, { ...EVERYTHING, timeframe: { from, to: null } }));
    }
  }
  return times;
}

/** ms of each question about a service, each in a timeframe that nothing was asked about before. */
async function questionTimes(service: ServiceRef, range: DataRange): Promise<Record<string, number>> {
  const target = { service, endpoint: null, instance: null };
  let asked = 0n;
  /** None leaves out more than a hundredth. */
  const cold = (): Filter => ({
    ...EVERYTHING,
    timeframe: { from: range.from + ((range.to - range.from) * ++asked) / 10_000n, to: null },
  });
  const about = () => ({ target, filter: cold() });
  const at = () => ({ ...about(), path: [service] });
  const times: Record<string, number> = {};
  const ask = async <Q extends QuestionName>(
    question: Q,
    params: Questions[Q]['params'],
    as: string = question,
    rules: Ruleset | null = null,
  ): Promise<Questions[Q]['answer']> => {
    const start = performance.now();
    const answer = valueOf(await client.ask(question, params, rules));
    times[as] = performance.now() - start;
    return answer;
  };
  await ask('services', { filter: cold() });
  await ask('service', about());
  await ask('backtrace', about());
  await ask('node', at());
  await ask('hops', about());
  await ask('fates', about());
  await ask('completeness', about());
  await ask('distribution', { ...at(), scale: 'log' });
  await ask('instances', at());
  await ask('throughput', about());
  await ask('retries', about());
  await ask('disagreement', about());
  const [before, after] = halvesOf(range).map((timeframe): Filter => ({ ...EVERYTHING, timeframe }));
  await ask('compare', { target, filter: before, other: { target, filter: after, dataset: null } });
  await ask('causes', at());
  await ask('flow', at());
  await ask('hotspots', at());
  await ask('topRequests', { filter: cold(), choice: BY_ENDPOINT });
  await ask('outliers', { ...at(), set: 'slow5' });
  await ask('backtrace', { target, filter: { ...cold(), where: STATUS_500 } }, 'backtrace where attribute');
  await ask('zones', {});
  await ask('attributeKeys', {});
  await ask('methods', at());
  await ask('stackTraces', at());
  await ask('proxies', at());
  await ask('referrers', at());
  const selection = { place: { kind: 'node', path: [service] }, count: 'requests' } as const;
  const slowest = { sort: 'duration', descending: true, offset: 0, limit: 100 } as const;
  const { rows } = await ask('evidence', { ...about(), selection, page: slowest });
  await ask('trace', { trace: rows[0].traceId });
  await ask('span', { record: rows[0].span });
  await ask('fieldValues', { field: STATUS, prefix: '' });
  await ask('sampling', {});
  await ask('rulesPreview', { before: HEADWATER, after: STATUS_ONLY });
  await ask('backtrace', about(), 'backtrace by other rules', STATUS_ONLY);
  return times;
}

/** What is compared: before and after. */
function halvesOf({ from, to }: DataRange): Timeframe[] {
  const middle = from + (to - from) / 2n;
  return [
    { from, to: middle },
    { from: middle, to: null },
  ];
}

const BY_ENDPOINT: TopChoice = {
  kind: 'all',
  splits: [{ kind: 'fact', name: 'endpoint' }],
  measure: 'requests',
  top: 10,
};

const HEADWATER: Ruleset = { preset: 'headwater', http4xx: 'client', scopes: [], rules: [] };
const STATUS_ONLY: Ruleset = { ...HEADWATER, preset: 'otel' };

const STATUS: ConditionField = { kind: 'attribute', scope: 'span', key: 'http.response.status_code' };
const STATUS_500: Condition = {
  kind: 'compare',
  field: STATUS,
  comparison: '>=',
  value: { kind: 'number', number: 500 },
};

/** ms from the open call to the first backtrace, in a page that has not opened anything yet. */
async function reopen(service: ServiceRef): Promise<number> {
  const [newest] = valueOf(await client.list());
  const start = performance.now();
  valueOf(await client.open(newest.id));
  await backtrace(service, EVERYTHING);
  return performance.now() - start;
}

const bench = {
  readTimes,
  readTimesBesideFirst,
  detectionTime,
  importFile,
  busiestServices,
  backtraceTimes,
  questionTimes,
  reopen,
};
export type Bench = typeof bench;

Object.assign(globalThis, { bench });
