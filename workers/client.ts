/** The page's side of the threads: the only file of workers/ that the page runs. */
import { proxy, type Remote } from 'comlink';
import type { Ruleset } from '../src/model/ruleset.ts';
import type { DatasetSummary } from '../src/model/dataset.ts';
import { AS_FOUND, type FormatName, type ImportOptions } from '../src/model/import-choice.ts';
import type { Client, ImportProgress, Outcome, QuestionName, Questions } from './api.ts';
import { startDatasetThread, type DatasetThread } from './dataset-thread.ts';
import type { DatasetApi, ImportObserver } from './thread-api.ts';

/** What the client needs of the page; tests give their own. */
export interface ClientTools {
  readonly startThread: () => DatasetThread;
  /** Tells other tabs that the stored datasets changed. */
  readonly channel: BroadcastChannel | null;
  /** Asks the browser not to drop the data when the disk gets full. */
  readonly persist: () => void;
}

export function createClient(): Client {
  return new ThreadClient({
    startThread: startDatasetThread,
    channel: typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('headwater-datasets'),
    persist: () => void navigator.storage?.persist?.().then(undefined, () => false),
  });
}

type RemoteApi = Remote<DatasetApi>;

interface RunningImport {
  /** Resolves when the thread is done with it and with clearing up. */
  readonly ended: Promise<unknown>;
  readonly cancel: () => void;
}

const CANCELLED = { ok: false, error: { code: 'cancelled', message: 'The import was cancelled.' } } as const;

export class ThreadClient implements Client {
  readonly #tools: ClientTools;
  #thread: DatasetThread | null = null;
  #openId: number | null = null;
  #running: RunningImport | null = null;

  constructor(tools: ClientTools) {
    this.#tools = tools;
  }

  list(): Promise<Outcome<readonly DatasetSummary[]>> {
    return this.#call((api) => api.list());
  }

  async open(id: number): Promise<Outcome<DatasetSummary>> {
    return this.#opened(await this.#call((api) => api.open(id)));
  }

  async rename(id: number, name: string): Promise<Outcome<null>> {
    return this.#changed(await this.#call((api) => api.rename(id, name)));
  }

  async remove(id: number): Promise<Outcome<null>> {
    if (this.#openId === id) this.#openId = null;
    return this.#changed(await this.#call((api) => api.remove(id)));
  }

  async importFiles(
    files: readonly File[],
    into: number | null,
    onProgress: (progress: ImportProgress) => void,
    options: ImportOptions = AS_FOUND,
  ): Promise<Outcome<DatasetSummary>> {
    const outcome = await this.#import(onProgress, (api, observer) =>
      api.importFiles(files, into, observer, options),
    );
    if (outcome.ok && outcome.value.stored) this.#tools.persist();
    return outcome;
  }

  formats(): Promise<Outcome<readonly FormatName[]>> {
    return this.#call((api) => api.formats());
  }

  importDemo(onProgress: (progress: ImportProgress) => void): Promise<Outcome<DatasetSummary>> {
    return this.#import(onProgress, (api, observer) => api.importDemo(observer));
  }

  async cancelImport(): Promise<void> {
    this.#running?.cancel();
    await this.#running?.ended;
  }

  async ask<Q extends QuestionName>(
    question: Q,
    params: Questions[Q]['params'],
    rules: Ruleset | null = null,
  ): Promise<Outcome<Questions[Q]['answer']>> {
    return this.#call<Questions[Q]['answer']>((api) => api.ask(question, params, rules));
  }

  closeSecond(id: number): Promise<Outcome<null>> {
    return this.#call((api) => api.closeSecond(id));
  }

  onDatasetsChanged(listener: () => void): () => void {
    const { channel } = this.#tools;
    channel?.addEventListener('message', listener);
    return () => channel?.removeEventListener('message', listener);
  }

  onNotice(listener: (text: string) => void): () => void {
    let listening = true;
    void this.#call(async (api) => ({ ok: true, value: await api.notices() })).then((outcome) => {
      if (listening && outcome.ok) outcome.value.forEach(listener);
    });
    return () => {
      listening = false;
    };
  }

  async #import(
    onProgress: (progress: ImportProgress) => void,
    start: (api: RemoteApi, observer: ImportObserver) => Promise<Outcome<DatasetSummary>>,
  ): Promise<Outcome<DatasetSummary>> {
    const previous = this.#running?.ended;
    let state: 'running' | 'cancelled' | 'committing' = 'running';
    const observer = {
      progress: (progress: ImportProgress) => {
        if (state !== 'cancelled') onProgress(progress);
      },
      mayCommit: () => {
        if (state === 'running') state = 'committing';
        return Promise.resolve(state === 'committing');
      },
    };
    const begin = async () => {
      // A cancelled import may still be clearing up.
      await previous;
      return state === 'cancelled' ? CANCELLED : this.#call((api) => start(api, proxy(observer)));
    };
    const ended = begin();
    // The page is told at once, however long the thread needs to notice.
    const cancelled = new Promise<Outcome<DatasetSummary>>((resolve) => {
      const cancel = () => {
        if (state !== 'running') return;
        state = 'cancelled';
        resolve(CANCELLED);
        void this.#call(async (api) => ({ ok: true, value: await api.cancelImport() }));
      };
      this.#running = { ended, cancel };
    });
    return this.#changed(this.#opened(await Promise.race([ended, cancelled])));
  }

  #opened(outcome: Outcome<DatasetSummary>): Outcome<DatasetSummary> {
    if (outcome.ok) this.#openId = outcome.value.id;
    return outcome;
  }

  #changed<T>(outcome: Outcome<T>): Outcome<T> {
    if (outcome.ok) this.#tools.channel?.postMessage('changed');
    return outcome;
  }

  /** Never rejects: what a dying thread leaves unanswered becomes 'worker-died'. */
  async #call<T>(ask: (api: RemoteApi) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const thread = this.#ensureThread();
    const died = thread.died.then((error) => ({ ok: false, error }) as const);
    try {
      return await Promise.race([ask(thread.api), died]);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      return { ok: false, error: { code: 'internal', message } };
    }
  }

  /** A thread that died is replaced, and what was open is opened again. */
  #ensureThread(): DatasetThread {
    if (this.#thread) return this.#thread;
    const thread = this.#tools.startThread();
    this.#thread = thread;
    void thread.died.then(() => {
      this.#thread = null;
    });
    if (this.#openId !== null) void thread.api.open(this.#openId);
    return thread;
  }
}
