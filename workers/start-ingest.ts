/** Starts an ingest worker; its calls reject when it dies. */
import { proxy, wrap } from 'comlink';
import type { IngestWorker } from './ingest-pool.ts';
import type { IngestApi } from './thread-api.ts';
import { WorkerLife } from './worker-life.ts';

/** A busy worker hears its messages several times a second (event-loop.ts), and on a slow machine every few seconds. */
const STUCK_AFTER_MS = 20_000;

export function startIngestWorker(): IngestWorker {
  const worker = new Worker(new URL('./ingest.worker.ts', import.meta.url), {
    type: 'module',
    name: 'headwater ingest',
  });
  const api = wrap<IngestApi>(worker);
  const life = new WorkerLife(worker);
  return {
    plan: (file, options, workers) => life.share(() => api.plan(file, options, workers)),
    read: (task, receiver) => life.share(() => api.read(task, proxy(receiver))),
    numberLines: (planned, notes) => life.share(() => api.numberLines(planned, notes)),
    formats: () => life.share(() => api.formats()),
    rehearse: (file, receiver) => life.share(() => api.rehearse(file, proxy(receiver))),
    demo: (spans) => life.share(() => api.demo(spans)),
    cancel: () => life.shareInTime(() => api.cancel(), STUCK_AFTER_MS),
    isDead: () => life.death !== null,
  };
}
