import { WorkFailure } from './work-failure.ts';
import { deathOf } from './worker-death.ts';

/** Ends what waits for a worker when it dies, and keeps hold of nothing that has ended. */
export class WorkerLife {
  /** Why it is dead; null: it is not. */
  death: WorkFailure | null = null;
  readonly #worker: Worker;
  readonly #waiting = new Set<(cause: unknown) => void>();

  constructor(worker: Worker) {
    this.#worker = worker;
    void deathOf(worker).then((message) => this.#end(message));
  }

  share<T>(call: () => Promise<T>): Promise<T> {
    if (this.death) return Promise.reject(this.death);
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const forget = () => void this.#waiting.delete(reject);
      call().then(resolve, reject).then(forget, forget);
    });
  }

  /** As share, for calls that a sound worker answers at once: one that does not within `ms` is stuck, and is ended. */
  async shareInTime<T>(call: () => Promise<T>, ms: number): Promise<T> {
    const timer = setTimeout(() => {
      this.#worker.terminate();
      this.#end('A worker of this page did not stop when it was told to, and was ended.');
    }, ms);
    try {
      return await this.share(call);
    } finally {
      clearTimeout(timer);
    }
  }

  #end(message: string): void {
    this.death ??= new WorkFailure('worker-died', message);
    for (const reject of this.#waiting) reject(this.death);
    this.#waiting.clear();
  }
}
