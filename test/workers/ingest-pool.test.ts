import { expect, test } from 'vitest';
import { DeliveryWindow } from '../../workers/delivery-window.ts';
import { IngestPool, poolSize } from '../../workers/ingest-pool.ts';
import { DEFAULT_FAKES, FakeIngest } from './import-fixture.ts';

const GOING_ON = new AbortController().signal;

function poolOf(workers: number) {
  const started: FakeIngest[] = [];
  const pool = new IngestPool(() => {
    const worker = new FakeIngest(DEFAULT_FAKES);
    started.push(worker);
    return worker;
  }, workers);
  return { pool, started };
}

test.each([
  [1, 1],
  [2, 1],
  [4, 3],
  [64, 8],
])('%i cores give %i ingest workers', (cores, workers) => {
  expect(poolSize(cores)).toBe(workers);
});

test('all workers are started at once, before there is work', () => {
  expect(poolOf(3).started).toHaveLength(3);
});

test('work is begun in the order it was asked for, by no more workers than there are', async () => {
  const { pool, started } = poolOf(2);
  const begun: number[] = [];
  const used = new Set<unknown>();
  await Promise.all(
    [0, 1, 2, 3, 4].map((n) =>
      pool.run(GOING_ON, (worker) => {
        begun.push(n);
        used.add(worker);
        return Promise.resolve();
      }),
    ),
  );
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(used.size).toBe(2);
  expect(started).toHaveLength(2);
});

test('cancelling ends what runs and what waits, tells the worker, and begins nothing more', async () => {
  const { pool, started } = poolOf(1);
  const running = new AbortController();
  const begun: string[] = [];
  const long = pool.run(running.signal, () => {
    begun.push('long');
    return new Promise(() => undefined);
  });
  const waiting = pool.run(running.signal, async () => void begun.push('waiting'));
  await Promise.resolve();
  running.abort();
  const late = pool.run(running.signal, async () => void begun.push('late'));
  for (const call of [long, waiting, late]) await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(begun).toEqual(['long']);
  expect(started.map((worker) => worker.cancels)).toEqual([1]);
});

test('a worker that stopped what was cancelled works for the next import', async () => {
  const { pool, started } = poolOf(1);
  const running = new AbortController();
  let stop: () => void = () => undefined;
  const long = pool.run(running.signal, () => new Promise<void>((resolve) => (stop = resolve)));
  const next = pool.run(GOING_ON, (worker) => Promise.resolve(worker));
  await Promise.resolve();
  running.abort();
  await expect(long).rejects.toMatchObject({ code: 'cancelled' });
  stop();
  expect(await next).toBe(started[0]);
});

test('only a worker that died is replaced', async () => {
  const { pool, started } = poolOf(1);
  await expect(pool.run(GOING_ON, () => Promise.reject(new Error('disk gone')))).rejects.toThrow('disk gone');
  expect(await pool.run(GOING_ON, (worker) => Promise.resolve(worker))).toBe(started[0]);
  started[0].die();
  expect(await pool.run(GOING_ON, (worker) => Promise.resolve(worker))).toBe(started[1]);
  expect(started).toHaveLength(2);
});

test('a reader waits for room while as many deliveries are under way as allowed', async () => {
  const deliveries = new DeliveryWindow(2);
  const taken: (() => void)[] = [];
  const deliver = () => deliveries.send(new Promise((resolve) => taken.push(resolve)));
  deliver();
  await deliveries.room();
  deliver();
  let hasRoom = false;
  const waiting = deliveries.room().then(() => {
    hasRoom = true;
  });
  await Promise.resolve();
  expect(hasRoom).toBe(false);
  taken[0]();
  await waiting;
  taken[1]();
  await deliveries.allTaken();
});

test('a delivery that failed fails the reader', async () => {
  const deliveries = new DeliveryWindow(2);
  deliveries.send(Promise.reject(new Error('disk gone')));
  await expect(deliveries.allTaken()).rejects.toThrow('disk gone');
});
