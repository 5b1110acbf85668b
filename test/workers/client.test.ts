import { expose, wrap } from 'comlink';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { ImportProgress, WireError } from '../../workers/api.ts';
import { ThreadClient } from '../../workers/client.ts';
import type { DatasetThread } from '../../workers/dataset-thread.ts';
import type { DatasetApi } from '../../workers/thread-api.ts';
import { testBrowser, type TestBrowser } from '../store/store-fixture.ts';
import { fileOf, openSession, type IngestFakes } from './import-fixture.ts';

const FILTER = { filter: EVERYTHING };

let browser: TestBrowser;
let cleanUps: (() => void)[];
beforeEach(() => {
  browser = testBrowser();
  cleanUps = [];
});
afterEach(() => cleanUps.forEach((cleanUp) => cleanUp()));

interface TestThread extends DatasetThread {
  readonly die: (error: WireError) => void;
}

/** The session behind a real message channel, as behind a worker. */
function threadOver(fakes: Partial<IngestFakes>): TestThread {
  const { port1, port2 } = new MessageChannel();
  cleanUps.push(() => {
    port1.close();
    port2.close();
  });
  expose(openSession(browser, fakes).session, port1);
  let die: (error: WireError) => void = () => undefined;
  const died = new Promise<WireError>((resolve) => {
    die = (error) => {
      port1.close();
      resolve(error);
    };
  });
  return { api: wrap<DatasetApi>(port2), died, die };
}

function openClient(fakes: Partial<IngestFakes> = {}, channel: BroadcastChannel | null = null) {
  const threads: TestThread[] = [];
  const client = new ThreadClient({
    startThread: () => {
      const thread = threadOver(fakes);
      threads.push(thread);
      return thread;
    },
    channel,
    persist: () => undefined,
  });
  return { client, threads };
}

function openChannel(): BroadcastChannel {
  const channel = new BroadcastChannel('headwater-datasets');
  cleanUps.push(() => channel.close());
  return channel;
}

test('files go in, progress and answers come out', async () => {
  const { client } = openClient();
  const phases = new Set<ImportProgress['phase']>();
  const outcome = await client.importFiles([fileOf('a', '1 2', '3')], null, ({ phase }) => phases.add(phase));
  expect(outcome).toMatchObject({ ok: true, value: { stored: true, counts: { spans: 3 } } });
  expect(phases).toContain('storing');
  expect(await client.ask('services', FILTER)).toEqual({ ok: true, value: { spans: [1, 2, 3] } });
});

test('trouble keeps its code on the way to the page', async () => {
  const { client } = openClient();
  expect(await client.open(42)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(await client.ask('services', FILTER)).toMatchObject({ ok: false, error: { code: 'not-found' } });
});

test('cancelling ends the import at once, even when a worker never answers', async () => {
  let reached: () => void = () => undefined;
  const reading = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const { client } = openClient({
    deaf: true,
    beforeSegment: () => {
      reached();
      return new Promise(() => undefined);
    },
  });
  const outcome = client.importFiles([fileOf('a', '1')], null, () => undefined);
  await reading;
  await client.cancelImport();
  expect(await outcome).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await client.list()).toEqual({ ok: true, value: [] });
});

test('the page learns that its import is cancelled while the dataset worker is too busy to hear of it', async () => {
  const { port1, port2 } = new MessageChannel();
  cleanUps.push(() => port1.close());
  const asked = new Promise((resolve) => port1.addEventListener('message', resolve));
  port1.start();
  const busyThread = { api: wrap<DatasetApi>(port2), died: new Promise<never>(() => undefined) };
  const client = new ThreadClient({ startThread: () => busyThread, channel: null, persist: () => undefined });
  const outcome = client.importFiles([fileOf('a', '1')], null, () => undefined);
  await asked;
  void client.cancelImport();
  expect(await outcome).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

test('cancelling without an import does nothing', async () => {
  const { client } = openClient();
  await client.cancelImport();
  expect(await client.list()).toEqual({ ok: true, value: [] });
});

test('an import that follows a cancelled one waits for its end', async () => {
  const { client } = openClient();
  const first = client.importFiles([fileOf('a', '1')], null, () => undefined);
  void client.cancelImport();
  const second = client.importFiles([fileOf('b', '2 3')], null, () => undefined);
  expect(await first).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await second).toMatchObject({ ok: true, value: { counts: { spans: 2 } } });
});

test('a dataset worker that dies answers what was asked, and its successor opens the dataset again', async () => {
  const { client, threads } = openClient();
  await client.importFiles([fileOf('a', '1 2')], null, () => undefined);
  const waiting = client.list();
  threads[0].die({ code: 'worker-died', message: 'gone' });
  expect(await waiting).toEqual({ ok: false, error: { code: 'worker-died', message: 'gone' } });
  expect(await client.ask('services', FILTER)).toEqual({ ok: true, value: { spans: [1, 2] } });
  expect(threads).toHaveLength(2);
});

test('an import that waits for the end of a cancelled one can be cancelled too', async () => {
  const { client } = openClient();
  void client.importFiles([fileOf('a', '1')], null, () => undefined);
  void client.cancelImport();
  const second = client.importFiles([fileOf('b', '2')], null, () => undefined);
  await client.cancelImport();
  expect(await second).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await client.list()).toEqual({ ok: true, value: [] });
});

test('another tab hears of a change, the one that made it does not', async () => {
  const here = openClient({}, openChannel()).client;
  const there = openClient({}, openChannel()).client;
  const heardHere: string[] = [];
  here.onDatasetsChanged(() => heardHere.push('here'));
  const heardThere = new Promise<void>((resolve) => void there.onDatasetsChanged(resolve));
  await here.importFiles([fileOf('a', '1')], null, () => undefined);
  await heardThere;
  expect(heardHere).toEqual([]);
});
