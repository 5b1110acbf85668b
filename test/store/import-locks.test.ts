import { expect, test } from 'vitest';
import { lockless, webLocks } from '../../src/store/import-locks.ts';

/** What of navigator.locks is used: exclusive locks, waited for or not. */
class FakeLockManager {
  readonly #held = new Map<string, Promise<unknown>>();

  async request<T>(
    name: string,
    ...rest: [(lock: Lock | null) => T] | [LockOptions, (lock: Lock | null) => T]
  ): Promise<T> {
    const [options, run] = rest.length === 2 ? rest : [{}, rest[0]];
    if (options.ifAvailable && this.#held.has(name)) return run(null);
    await this.#held.get(name);
    const work = Promise.resolve(run({ name, mode: 'exclusive' }));
    this.#held.set(name, work);
    const result = await work;
    this.#held.delete(name);
    return result;
  }
}

test('an import is free to be cleared away only once its lock is let go', async () => {
  const locks = webLocks(new FakeLockManager() as unknown as LockManager);
  const cleared: string[] = [];
  const clear = () => locks.ifFree('import', 0, () => Promise.resolve(void cleared.push('cleared')));
  const release = await locks.hold('import');
  expect(await clear()).toBe(false);
  expect(cleared).toEqual([]);
  release();
  await Promise.resolve();
  await Promise.resolve();
  expect(await clear()).toBe(true);
  expect(cleared).toEqual(['cleared']);
});

test('without Web Locks an import counts as dead after a day', async () => {
  const hours = 3600 * 1000;
  const locks = lockless(() => 30 * hours);
  const nothing = () => Promise.resolve();
  expect(await locks.ifFree('import', 29 * hours, nothing)).toBe(false);
  expect(await locks.ifFree('import', 5 * hours, nothing)).toBe(true);
});
