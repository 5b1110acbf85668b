import { expect, test } from 'vitest';
import { DeliveryWindow } from '../../workers/delivery-window.ts';
import { IngestPool, poolSize } from '../../workers/ingest-pool.ts';
import { FakeIngest } from './import-fixture.ts';

function poolOf(limit: number) {
  const started: FakeIngest[] = [];
  const pool = new IngestPool(() => {
    const worker = new FakeIngest({ workers: limit, beforeSegment: () => Promise.resolve() });
    started.push(worker);
    return worker;
  }, limit);
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

test('work is begun in the order it was asked for, by no more workers than allowed', async () => {
  const { pool, started } = poolOf(2);
  const begun: number[] = [];
  await Promise.all(
    [0, 1, 2, 3, 4].map((n) =>
      pool.run(() => {
        begun.push(n);
        return Promise.resolve();
      }),
    ),
  );
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(started).toHaveLength(2);
});

test('closing ends what runs and what waits, and starts nothing more', async () => {
  const { pool, started } = poolOf(1);
  const running = pool.run(() => new Promise(() => undefined));
  const waiting = pool.run(() => Promise.resolve());
  pool.close();
  const late = pool.run(() => Promise.resolve());
  for (const call of [running, waiting, late])
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(started.map((worker) => worker.stopped)).toEqual([true]);
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
