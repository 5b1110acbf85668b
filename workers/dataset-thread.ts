/** The dataset worker as the page holds it. */
import './tree-transfer.ts';
import { wrap, type Remote } from 'comlink';
import type { WireError } from './api.ts';
import type { DatasetApi } from './thread-api.ts';
import { deathOf } from './worker-death.ts';

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
  const died = deathOf(worker).then((message): WireError => ({ code: 'worker-died', message }));
  return { api: wrap<DatasetApi>(worker), died };
}
