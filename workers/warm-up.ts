/**
 * Imports a little of the demo into nothing, and asks about it, before anybody drops a file: engines run code
 * slowly until they have seen it at work, and the first import of a page is mostly the only one.
 */
import type { Segment } from '../src/columns/segment.ts';
import { EVERYTHING } from '../src/model/answers.ts';
import { AS_FOUND } from '../src/model/import-choice.ts';
import type { IngestPool, IngestWorker } from './ingest-pool.ts';
import type { Assembler } from './open-dataset.ts';
import type { Answerer, PartReceiver } from './thread-api.ts';

/** About 3 MB of OTLP/JSON. */
const SPANS = 4000;
const ROUNDS = 4;

interface WarmUpTools<Requests> {
  readonly pool: IngestPool;
  readonly newAssembler: () => Assembler<Requests>;
  readonly answer: Answerer<Requests>;
}

/** Rejects as cancelled when the signal is aborted: then somebody has dropped a file. */
export async function warmUp<Requests>(tools: WarmUpTools<Requests>, signal: AbortSignal): Promise<void> {
  const { pool } = tools;
  const files = await pool.run(signal, (worker) => worker.demo(SPANS));
  for (let round = 0; round < ROUNDS; round++) {
    const all = Array.from({ length: pool.size }, () =>
      pool.run(signal, (worker) => segmentsOf(files[0], worker)),
    );
    const [segments] = await Promise.all(all);
    signal.throwIfAborted();
    await assembleAndAsk(segments, tools);
  }
}

/** Short: the thread hears nothing meanwhile. */
async function assembleAndAsk<Requests>(
  segments: readonly Segment[],
  { newAssembler, answer }: WarmUpTools<Requests>,
): Promise<void> {
  const assembler = newAssembler();
  segments.forEach((segment, seq) => assembler.add(segment, { file: 0, part: 0, seq }));
  const { requests } = assembler.finish();
  const { services } = await answer(requests, 'services', { filter: EVERYTHING }, CONTEXT);
  for (const { service } of services) {
    const about = { target: { service, endpoint: null, instance: null }, filter: EVERYTHING };
    await answer(requests, 'service', about, CONTEXT);
    await answer(requests, 'backtrace', about, CONTEXT);
    await answer(requests, 'node', { ...about, path: [service] }, CONTEXT);
  }
}

const CONTEXT = { rules: null, second: null, load: () => Promise.reject(new Error('no segment is kept')) };

async function segmentsOf(file: File, worker: IngestWorker): Promise<Segment[]> {
  const [planned] = await worker.plan(file, AS_FOUND, 1);
  const segments: Segment[] = [];
  const receiver: PartReceiver = {
    segment: (segment) => {
      segments.push(segment);
      return Promise.resolve();
    },
    progress: () => undefined,
  };
  await worker.read({ planned, part: 0 }, receiver);
  return segments;
}
