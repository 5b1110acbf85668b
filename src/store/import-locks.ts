/** Tells an import that runs in some tab from one whose page died. */

export interface ImportLocks {
  /** Held until the returned function is called, or the page is gone. */
  hold(name: string): Promise<() => void>;
  /** Runs `action` if nobody holds the lock; `begunAt` is when the import began (ms since the epoch). */
  ifFree(name: string, begunAt: number, action: () => Promise<void>): Promise<boolean>;
}

export function webLocks(locks: LockManager): ImportLocks {
  return {
    hold: (name) =>
      new Promise((resolve, reject) => {
        locks
          .request(name, () => new Promise<void>((release) => resolve(() => release())))
          .then(undefined, reject);
      }),
    ifFree: (name, _begunAt, action) =>
      locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock) await action();
        return lock !== null;
      }),
  };
}

const ABANDONED_AFTER_MS = 24 * 3600 * 1000;

/** Web Locks exist in secure contexts only; elsewhere an import is taken for dead after a day. */
export function lockless(now: () => number): ImportLocks {
  return {
    hold: () => Promise.resolve(() => undefined),
    async ifFree(_name, begunAt, action) {
      const free = now() - begunAt > ABANDONED_AFTER_MS;
      if (free) await action();
      return free;
    },
  };
}
