/** Starts an ingest worker; its calls reject when it dies. */
import { proxy, wrap } from 'comlink';
import type { IngestWorker } from './ingest-pool.ts';
import type { IngestApi } from './thread-api.ts';
import { WorkFailure } from './work-failure.ts';
import { deathOf } from './worker-death.ts';

export function startIngestWorker(): IngestWorker {
  const worker = new Worker(new URL('./ingest.worker.ts', import.meta.url), {
    type: 'module',
    name: 'headwater ingest',
  });
  const api = wrap<IngestApi>(worker);
  const died = deathOf(worker).then((message): never => {
    throw new WorkFailure('worker-died', message);
  });
  // It may die while nobody waits for it; the next call says so.
  died.then(undefined, () => undefined);
  return {
    plan: (file) => Promise.race([api.plan(file), died]),
    read: (task, receiver) => Promise.race([api.read(task, proxy(receiver)), died]),
    numberLines: (planned, notes) => Promise.race([api.numberLines(planned, notes), died]),
    demo: () => Promise.race([api.demo(), died]),
    stop: () => worker.terminate(),
  };
}
