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
  const life = new WorkerLife(deathOf(worker));
  return {
    plan: (file, options, workers) => life.share(() => api.plan(file, options, workers)),
    read: (task, receiver) => life.share(() => api.read(task, proxy(receiver))),
    numberLines: (planned, notes) => life.share(() => api.numberLines(planned, notes)),
    formats: () => life.share(() => api.formats()),
    demo: (spans) => life.share(() => api.demo(spans)),
    cancel: () => life.share(() => api.cancel()),
    isDead: () => life.death !== null,
  };
}

/** Ends what waits for the worker when it dies, and keeps hold of nothing that has ended. */
class WorkerLife {
  death: WorkFailure | null = null;
  readonly #waiting = new Set<(cause: unknown) => void>();

  constructor(died: Promise<string>) {
    void died.then((message) => {
      this.death = new WorkFailure('worker-died', message);
      for (const reject of this.#waiting) reject(this.death);
      this.#waiting.clear();
    });
  }

  share<T>(call: () => Promise<T>): Promise<T> {
    if (this.death) return Promise.reject(this.death);
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const forget = () => void this.#waiting.delete(reject);
      call().then(resolve, reject).then(forget, forget);
    });
  }
}
