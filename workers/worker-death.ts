/** Comlink waits for ever when a worker dies; this is how the others learn of it. */

/** Resolves with a sentence when the worker stops by itself, which it then surely has. */
export function deathOf(worker: Worker): Promise<string> {
  return new Promise((resolve) => {
    const end = (event: Event) => {
      worker.terminate();
      const reason = 'message' in event && typeof event.message === 'string' ? `: ${event.message}` : '';
      resolve(`A worker of this page stopped${reason}. It may have run out of memory.`);
    };
    worker.addEventListener('error', end);
    worker.addEventListener('messageerror', end);
  });
}
