/**
 * Imports a little of the demo into nothing, and asks about it, before anybody drops a file: engines run code
 * slowly until they have seen it at work, and the first import of a page is mostly the only one.
 */
import type { Segment } from '../src/columns/segment.ts';
import { EVERYTHING } from '../src/model/answers.ts';
import { AS_FOUND } from '../src/model/import-choice.ts';
import { giveWay } from './event-loop.ts';
import type { IngestPool, IngestWorker } from './ingest-pool.ts';
import type { Assembler } from './open-dataset.ts';
import type { Answerer, PartReceiver } from './thread-api.ts';

/** About 3 MB of OTLP/JSON. */
const SPANS = 4000;
/** As often as V8 needs to optimise what an import runs for long. */
const READINGS = 16;
const ASSEMBLIES = 32;
/** So many of them are asked about as well: a round of questions runs the same code for every service. */
const ASKED_ASSEMBLIES = 4;

interface WarmUpTools<Requests> {
  readonly pool: IngestPool;
  readonly newAssembler: () => Assembler<Requests>;
  readonly answer: Answerer<Requests>;
}

/** Rejects as cancelled when the signal is aborted: then somebody has dropped a file. */
export async function warmUp<Requests>(tools: WarmUpTools<Requests>, signal: AbortSignal): Promise<void> {
  const { pool } = tools;
  const everyWorker = <T>(use: (worker: IngestWorker) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: pool.size }, () => pool.run(signal, use)));
  const [file] = await pool.run(signal, (worker) => worker.demo(SPANS));
  const [rehearsed] = await everyWorker((worker) =>
    segmentsOf((receiver) => worker.rehearse(file, receiver)),
  );
  await assembleAndAsk(rehearsed, tools);
  const [segments] = await everyWorker((worker) => readAll(file, worker));
  // Side by side, as in an import.
  await Promise.all([
    repeat(READINGS - 1, () => everyWorker((worker) => readAll(file, worker)), signal),
    repeat(ASSEMBLIES, (round) => assembleAndAsk(segments, tools, round < ASKED_ASSEMBLIES), signal),
  ]);
}

/** The thread hears its messages in between. */
async function repeat(
  times: number,
  work: (round: number) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const messages = giveWay();
  for (let round = 0; round < times; round++) {
    await work(round);
    await messages();
    signal.throwIfAborted();
  }
}

/** Short: the thread hears nothing meanwhile. */
async function assembleAndAsk<Requests>(
  segments: readonly Segment[],
  { newAssembler, answer }: WarmUpTools<Requests>,
  isAsked = true,
): Promise<void> {
  const assembler = newAssembler();
  segments.forEach((segment, seq) => assembler.add(segment, { file: 0, part: 0, seq }));
  const { requests } = assembler.finish();
  if (!isAsked) return;
  const { services } = await answer(requests, 'services', { filter: EVERYTHING }, CONTEXT);
  for (const { service } of services) {
    const about = { target: { service, endpoint: null, instance: null }, filter: EVERYTHING };
    await answer(requests, 'service', about, CONTEXT);
    await answer(requests, 'backtrace', about, CONTEXT);
    await answer(requests, 'node', { ...about, path: [service] }, CONTEXT);
  }
}

const CONTEXT = { rules: null, second: null, load: () => Promise.reject(new Error('no segment is kept')) };

async function readAll(file: File, worker: IngestWorker): Promise<Segment[]> {
  const [planned] = await worker.plan(file, AS_FOUND, 1);
  return segmentsOf((receiver) => worker.read({ planned, part: 0 }, receiver));
}

async function segmentsOf(read: (receiver: PartReceiver) => Promise<unknown>): Promise<Segment[]> {
  const segments: Segment[] = [];
  await read({
    segment: (segment) => {
      segments.push(segment);
      return Promise.resolve();
    },
    progress: () => undefined,
  });
  return segments;
}
