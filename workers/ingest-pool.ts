/** The ingest workers of one import: handed out in the order they were asked for, started when needed. */
import type { IngestApi } from './thread-api.ts';
import { cancelled } from './work-failure.ts';

/** A started ingest worker; its calls reject when it dies. */
export interface IngestWorker extends IngestApi {
  /** Ends it at once, whatever it is doing. */
  stop(): void;
}

const WORKERS_AT_MOST = 8;

/** One core stays with the page and the dataset worker. */
export function poolSize(hardwareConcurrency: number): number {
  return Math.min(WORKERS_AT_MOST, Math.max(1, hardwareConcurrency - 1));
}

export class IngestPool {
  readonly #start: () => IngestWorker;
  readonly #limit: number;
  readonly #started: IngestWorker[] = [];
  readonly #idle: IngestWorker[] = [];
  readonly #waiting: ((worker: IngestWorker) => void)[] = [];
  readonly #closed: Promise<never>;
  #isClosed = false;
  #rejectAll: (cause: unknown) => void = () => undefined;

  constructor(start: () => IngestWorker, limit: number) {
    this.#start = start;
    this.#limit = limit;
    this.#closed = new Promise((_, reject) => {
      this.#rejectAll = reject;
    });
    // Closing while nothing runs is no error.
    this.#closed.then(undefined, () => undefined);
  }

  /** Rejects as cancelled when the pool is closed meanwhile. */
  async run<T>(use: (worker: IngestWorker) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw cancelled();
    const worker = await Promise.race([this.#take(), this.#closed]);
    const result = await Promise.race([use(worker), this.#closed]);
    this.#giveBack(worker);
    return result;
  }

  /** Stops all workers, busy or not; a worker that died or failed is not used again. */
  close(): void {
    this.#isClosed = true;
    this.#rejectAll(cancelled());
    for (const worker of this.#started.splice(0)) worker.stop();
  }

  #take(): Promise<IngestWorker> {
    const idle = this.#idle.pop();
    if (idle) return Promise.resolve(idle);
    if (this.#started.length < this.#limit) {
      const worker = this.#start();
      this.#started.push(worker);
      return Promise.resolve(worker);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(worker: IngestWorker): void {
    const next = this.#waiting.shift();
    if (next) next(worker);
    else this.#idle.push(worker);
  }
}
