/**
 * The ingest workers of the page: started with it, since nothing may be fetched later, and kept for every
 * import. They are handed out in the order they were asked for; only one that died is replaced.
 */
import type { IngestApi } from './thread-api.ts';
import { cancelled } from './work-failure.ts';

/** A started ingest worker; its calls reject when it dies. */
export interface IngestWorker extends IngestApi {
  /** True: it stopped by itself. */
  isDead(): boolean;
}

const WORKERS_AT_MOST = 8;

/** One core stays with the page and the dataset worker. */
export function poolSize(hardwareConcurrency: number): number {
  return Math.min(WORKERS_AT_MOST, Math.max(1, hardwareConcurrency - 1));
}

export class IngestPool {
  /** Workers. */
  readonly size: number;
  readonly #start: () => IngestWorker;
  readonly #idle: IngestWorker[];
  readonly #waiting: ((worker: IngestWorker) => void)[] = [];

  constructor(start: () => IngestWorker, workers: number) {
    this.#start = start;
    this.size = workers;
    this.#idle = Array.from({ length: workers }, start);
  }

  /**
   * Rejects as cancelled as soon as the signal is aborted. A worker that is busy then is told so, and is
   * back when it has stopped.
   */
  run<T>(signal: AbortSignal, use: (worker: IngestWorker) => Promise<T>): Promise<T> {
    const work = this.#take().then(async (worker) => {
      const cancel = () => void worker.cancel().then(undefined, () => undefined);
      try {
        if (signal.aborted) throw cancelled();
        signal.addEventListener('abort', cancel);
        return await use(worker);
      } finally {
        signal.removeEventListener('abort', cancel);
        this.#giveBack(worker);
      }
    });
    return untilAborted(work, signal);
  }

  #take(): Promise<IngestWorker> {
    const idle = this.#idle.pop();
    if (idle) return Promise.resolve(this.#alive(idle));
    return new Promise((give) => this.#waiting.push(give));
  }

  #giveBack(worker: IngestWorker): void {
    const next = this.#waiting.shift();
    if (next) next(this.#alive(worker));
    else this.#idle.push(worker);
  }

  #alive(worker: IngestWorker): IngestWorker {
    return worker.isDead() ? this.#start() : worker;
  }
}

/** What the work gives; rejects as cancelled when the signal is aborted before. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(cancelled());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    const forget = () => signal.removeEventListener('abort', abort);
    work.then(resolve, reject).then(forget, forget);
  });
}
