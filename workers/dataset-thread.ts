/** The dataset worker as the page holds it. */
import { wrap, type Remote } from 'comlink';
import type { WireError } from './api.ts';
import { describeDeath } from './start-ingest.ts';
import type { DatasetApi } from './thread-api.ts';

export interface DatasetThread {
  readonly api: Remote<DatasetApi>;
  /** Resolves when the thread is no more. */
  readonly died: Promise<WireError>;
}

export function startDatasetThread(): DatasetThread {
  const worker = new Worker(new URL('./dataset.worker.ts', import.meta.url), {
    type: 'module',
    name: 'headwater datasets',
  });
  const died = new Promise<WireError>((resolve) => {
    const end = (event: Event) => {
      worker.terminate();
      resolve({ code: 'worker-died', message: describeDeath(event) });
    };
    worker.addEventListener('error', end);
    worker.addEventListener('messageerror', end);
  });
  return { api: wrap<DatasetApi>(worker), died };
}
