/**
 * Imports a little of the demo into nothing, and asks about it, before anybody drops a file: engines run code
 * slowly until they have seen it at work, and the first import of a page is mostly the only one.
 */
import { EVERYTHING } from '../src/model/answers.ts';
import { AS_FOUND } from '../src/model/import-choice.ts';
import type { IngestPool, IngestWorker } from './ingest-pool.ts';
import type { Assembler } from './open-dataset.ts';
import type { Answerer } from './thread-api.ts';

/** About 3 MB of OTLP/JSON. */
const SPANS = 4000;

interface WarmUpTools<Requests> {
  readonly pool: IngestPool;
  readonly newAssembler: () => Assembler<Requests>;
  readonly answer: Answerer<Requests>;
}

/** Rejects as cancelled when the signal is aborted: then somebody has dropped a file. */
export async function warmUp<Requests>(
  { pool, newAssembler, answer }: WarmUpTools<Requests>,
  signal: AbortSignal,
): Promise<void> {
  const each = Array.from({ length: pool.size }, () =>
    pool.run(signal, (worker) => read(worker, newAssembler)),
  );
  const [assembler] = await Promise.all(each);
  signal.throwIfAborted();
  const { requests } = assembler.finish();
  const { services } = await answer(requests, 'services', { filter: EVERYTHING }, TOOLS);
  for (const { service } of services) {
    signal.throwIfAborted();
    const about = { target: { service, endpoint: null, instance: null }, filter: EVERYTHING };
    await answer(requests, 'service', about, TOOLS);
    await answer(requests, 'backtrace', about, TOOLS);
    await answer(requests, 'node', { ...about, path: [service] }, TOOLS);
  }
}

const TOOLS = { rules: null, second: null, load: () => Promise.reject(new Error('no segment is kept')) };

async function read<Requests>(worker: IngestWorker, newAssembler: () => Assembler<Requests>) {
  const assembler = newAssembler();
  const [file] = await worker.demo(SPANS);
  const [planned] = await worker.plan(file, AS_FOUND, 1);
  let seq = 0;
  await worker.read(
    { planned, part: 0 },
    {
      segment: (segment) => {
        assembler.add(segment, { file: 0, part: 0, seq: seq++ });
        return Promise.resolve();
      },
      progress: () => undefined,
    },
  );
  return assembler;
}
