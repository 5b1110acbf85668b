import { expect, test } from 'vitest';
import { deathOf } from '../../workers/worker-death.ts';

class FakeWorker extends EventTarget {
  terminated = false;

  terminate(): void {
    this.terminated = true;
  }
}

test('a worker that fails is ended and its reason told', async () => {
  const worker = new FakeWorker();
  const death = deathOf(worker as unknown as Worker);
  worker.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
  expect(await death).toContain('stopped: out of memory.');
  expect(worker.terminated).toBe(true);
});
