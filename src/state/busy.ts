/** Counts what is being computed; the page's `main[aria-busy]` follows it. */
import { createSignal } from 'solid-js';

export interface Busy {
  readonly busy: () => boolean;
  /** Counts `work` from now until it settles. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  /** Returns the function that ends it; further calls of that do nothing. */
  readonly begin: () => () => void;
}

export function createBusy(): Busy {
  const [count, setCount] = createSignal(0);
  const begin = () => {
    let ended = false;
    setCount((running) => running + 1);
    return () => {
      if (!ended) setCount((running) => running - 1);
      ended = true;
    };
  };
  const during = async <T>(work: Promise<T>): Promise<T> => {
    const end = begin();
    try {
      return await work;
    } finally {
      end();
    }
  };
  return { busy: () => count() > 0, during, begin };
}
