/** Starts an ingest worker; its calls reject when it dies, where Comlink alone would wait for ever. */
import { proxy, wrap, type Remote } from 'comlink';
import type { IngestWorker } from './ingest-pool.ts';
import type { IngestApi } from './thread-api.ts';
import { WorkFailure } from './work-failure.ts';

export function startIngestWorker(): IngestWorker {
  return superviseIngest(
    new Worker(new URL('./ingest.worker.ts', import.meta.url), { type: 'module', name: 'headwater ingest' }),
  );
}

export function superviseIngest(worker: Worker): IngestWorker {
  const api: Remote<IngestApi> = wrap<IngestApi>(worker);
  const died = new Promise<never>((_, reject) => {
    const fail = (event: Event) => reject(new WorkFailure('worker-died', describeDeath(event)));
    worker.addEventListener('error', fail);
    worker.addEventListener('messageerror', fail);
  });
  // It may die while nobody waits for it; the next call says so.
  died.then(undefined, () => undefined);
  return {
    plan: (file) => Promise.race([api.plan(file), died]),
    read: (task, receiver) => Promise.race([api.read(task, proxy(receiver)), died]),
    demo: () => Promise.race([api.demo(), died]),
    stop: () => worker.terminate(),
  };
}

export function describeDeath(event: Event): string {
  const reason = event instanceof ErrorEvent && event.message ? `: ${event.message}` : '';
  return `A worker of this page stopped${reason}. It may have run out of memory.`;
}
