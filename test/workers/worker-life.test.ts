import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WorkerLife } from '../../workers/worker-life.ts';

class FakeWorker extends EventTarget {
  terminated = false;

  terminate(): void {
    this.terminated = true;
  }
}

function start() {
  const worker = new FakeWorker();
  return { worker, life: new WorkerLife(worker as unknown as Worker) };
}

const never = () => new Promise<never>(() => undefined);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what waits for a worker ends with it, and nothing new is asked of it', async () => {
  const { worker, life } = start();
  const waiting = expect(life.share(never)).rejects.toMatchObject({ code: 'worker-died' });
  worker.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
  await waiting;
  const call = vi.fn(never);
  await expect(life.share(call)).rejects.toThrow('out of memory');
  expect(call).not.toHaveBeenCalled();
});

test('a worker that does not answer in time is ended, and all that waits for it', async () => {
  const { worker, life } = start();
  const reading = expect(life.share(never)).rejects.toThrow('did not stop');
  const cancelling = expect(life.shareInTime(never, 1000)).rejects.toThrow('did not stop');
  vi.advanceTimersByTime(999);
  expect(worker.terminated).toBe(false);
  vi.advanceTimersByTime(1);
  expect(worker.terminated).toBe(true);
  await Promise.all([reading, cancelling]);
  expect(life.death).not.toBeNull();
});

test('one that answers in time lives on', async () => {
  const { worker, life } = start();
  await expect(life.shareInTime(() => Promise.resolve('done'), 1000)).resolves.toBe('done');
  vi.advanceTimersByTime(5000);
  expect(worker.terminated).toBe(false);
  expect(life.death).toBeNull();
});
