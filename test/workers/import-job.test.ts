import { beforeEach, describe, expect, test } from 'vitest';
import { HeadwaterDatabase } from '../../src/store/schema.ts';
import { testBrowser, type TestBrowser } from '../store/store-fixture.ts';
import { comparedSpans, fileOf, openSession, openSpans, TestObserver } from './import-fixture.ts';

let browser: TestBrowser;
let observer: TestObserver;
beforeEach(() => {
  browser = testBrowser();
  observer = new TestObserver();
});

async function recordsOnDisk(): Promise<number> {
  const database = new HeadwaterDatabase<unknown>('headwater', browser.dexie);
  await database.open();
  const counts = await Promise.all([
    database.datasets.count(),
    database.segments.count(),
    database.requests.count(),
  ]);
  database.close();
  return counts[0] + counts[1] + counts[2];
}

test('the dataset is open after the import and again after a reload', async () => {
  const { session } = openSession(browser);
  const outcome = await session.importFiles([fileOf('shop.json', '1 2;3', '4')], null, observer);
  expect(outcome).toMatchObject({ ok: true, value: { name: 'shop.json', stored: true } });
  expect(await openSpans(session)).toEqual([1, 2, 3, 4]);

  const reloaded = openSession(browser).session;
  const list = await reloaded.list();
  expect(list.ok && list.value.map((dataset) => dataset.name)).toEqual(['shop.json']);
  await reloaded.open(outcome.ok ? outcome.value.id : -1);
  expect(await openSpans(reloaded)).toEqual([1, 2, 3, 4]);
});

test('the result does not depend on which part arrives first', async () => {
  const gate = new Map<string, () => void>();
  const { session } = openSession(browser, {
    workers: 3,
    beforeSegment: ({ planned, part }) =>
      new Promise((resolve) => {
        gate.set(`${planned.file.name}/${part}`, resolve);
        // The last one opens the gates from back to front.
        if (gate.size === 3) [...gate.values()].reverse().forEach((open) => open());
      }),
  });
  await session.importFiles([fileOf('a', '1 2', '3'), fileOf('b', '4')], null, observer);
  expect(await openSpans(session)).toEqual([1, 2, 3, 4]);
});

test('the counts of the summary add up, and each file says what it held', async () => {
  const { session } = openSession(browser);
  const files = [fileOf('a', '1 2 BAD', 'BAD 3'), fileOf('notes.txt', 'REFUSED looks like a letter')];
  const outcome = await session.importFiles(files, null, observer);
  expect(outcome).toMatchObject({
    ok: true,
    value: {
      name: 'a',
      counts: { records: 5, spans: 3, duplicates: 0, rejected: 2 },
      files: [
        {
          name: 'a',
          format: 'Lines',
          records: 5,
          rejected: 2,
          refusal: null,
          notes: [{ count: 2, line: 7 }],
        },
        { name: 'notes.txt', format: null, records: 0, refusal: 'looks like a letter' },
      ],
    },
  });
});

test('each file in an archive says what it held', async () => {
  const { session } = openSession(browser);
  const archive = fileOf('traces.zip', '1 2', '---', 'REFUSED a readme', '---', '3 BAD', '4');
  const outcome = await session.importFiles([archive, fileOf('b', '5')], null, observer);
  expect(outcome).toMatchObject({
    ok: true,
    value: {
      name: 'traces.zip/1 + 2 more',
      counts: { records: 6, spans: 5, rejected: 1 },
      files: [
        { name: 'traces.zip/1', records: 2, sizeBytes: 3 },
        { name: 'traces.zip/2', records: 0, refusal: 'a readme' },
        { name: 'traces.zip/3', records: 3, rejected: 1 },
        { name: 'b', records: 1 },
      ],
    },
  });
  expect(await openSpans(session)).toEqual([1, 2, 3, 4, 5]);
});

test('files without a single span are refused, each with the reason, and leave nothing', async () => {
  const { session } = openSession(browser);
  const files = [fileOf('a.har', 'REFUSED looks like a HAR file'), fileOf('b.json', 'BAD')];
  const outcome = await session.importFiles(files, null, observer);
  expect(outcome).toEqual({
    ok: false,
    error: {
      code: 'nothing-read',
      message: 'a.har: looks like a HAR file\nb.json: Lines without spans; a bad record (line 7, byte 9)',
      files: [
        expect.objectContaining({ name: 'a.har', refusal: 'looks like a HAR file' }),
        expect.objectContaining({ name: 'b.json', format: 'Lines', rejected: 1 }),
      ],
    },
  });
  expect(await recordsOnDisk()).toBe(0);
});

test('no files at all are refused', async () => {
  const outcome = await openSession(browser).session.importFiles([], null, observer);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'nothing-read' } });
});

test('cancelling in the middle stops the workers and leaves nothing behind', async () => {
  const { session, started } = openSession(browser, {
    workers: 2,
    // The second part never comes to its end.
    beforeSegment: ({ part }) =>
      part === 1 ? session.cancelImport().then(() => new Promise(() => undefined)) : Promise.resolve(),
  });
  const outcome = await session.importFiles([fileOf('a', '1;2;3', '4;5')], null, observer);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(started.some((worker) => worker.cancels > 0)).toBe(true);
  expect(await recordsOnDisk()).toBe(0);
  expect(browser.locks.count).toBe(0);
});

test('an import can be cancelled with the very next message, and another one runs afterwards', async () => {
  const { session } = openSession(browser);
  const first = session.importFiles([fileOf('a', '1')], null, observer);
  await session.cancelImport();
  expect(await first).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await session.importFiles([fileOf('a', '1')], null, observer)).toMatchObject({ ok: true });
});

test('the workers of the page serve every import: none is started after the page', async () => {
  const { session, started } = openSession(browser, { workers: 2 });
  expect(started).toHaveLength(2);
  await session.importFiles([fileOf('a', '1', '2', '3')], null, observer);
  const cancelledOne = session.importFiles([fileOf('b', '4')], null, observer);
  await session.cancelImport();
  await cancelledOne;
  await session.importDemo(observer);
  expect(started).toHaveLength(2);
});

test('an import that the page cancelled during assembly is not committed', async () => {
  const { session } = openSession(browser);
  observer.allow = false;
  const outcome = await session.importFiles([fileOf('a', '1')], null, observer);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await recordsOnDisk()).toBe(0);
});

test('a worker that dies fails the import, names the file and leaves nothing; the next import works', async () => {
  const { session, started } = openSession(browser);
  const outcome = await session.importFiles(
    [fileOf('good', '1 2'), fileOf('bad.json', '3', 'DIES', '4')],
    null,
    observer,
  );
  expect(outcome).toEqual({
    ok: false,
    error: { code: 'worker-died', message: 'bad.json: A worker of this page stopped.' },
  });
  expect(await recordsOnDisk()).toBe(0);
  expect(await session.importFiles([fileOf('good', '1 2')], null, observer)).toMatchObject({ ok: true });
  expect(started.filter((worker) => worker.isDead())).toHaveLength(1);
  expect(started).toHaveLength(4);
});

test('a failed or cancelled import keeps the dataset that was open', async () => {
  const { session } = openSession(browser);
  await session.importFiles([fileOf('good', '1 2')], null, observer);
  await session.importFiles([fileOf('bad', 'DIES')], null, observer);
  expect(await openSpans(session)).toEqual([1, 2]);
});

test('adding files assembles old and new spans together', async () => {
  const { session } = openSession(browser);
  const first = await session.importFiles([fileOf('a', '1', '2')], null, observer);
  const id = first.ok ? first.value.id : -1;
  const grown = await session.importFiles([fileOf('b', '3')], id, observer);
  expect(grown).toMatchObject({ ok: true, value: { id, name: 'a', counts: { spans: 3 } } });
  expect(grown.ok && grown.value.files.map((file) => file.name)).toEqual(['a', 'b']);
  expect(await openSpans(session)).toEqual([1, 2, 3]);
});

test('adding files that hold nothing, or cancelling, leaves the dataset as it was', async () => {
  const { session } = openSession(browser);
  const first = await session.importFiles([fileOf('a', '1')], null, observer);
  const id = first.ok ? first.value.id : -1;
  await session.importFiles([fileOf('b', 'BAD')], id, observer);
  observer.allow = false;
  await session.importFiles([fileOf('c', '9')], id, observer);
  expect(await session.open(id)).toMatchObject({ ok: true, value: { counts: { spans: 1 } } });
  expect(await openSpans(session)).toEqual([1]);
});

test('the same file again is a new dataset with a number; the demo again is the stored one', async () => {
  const { session } = openSession(browser);
  await session.importFiles([fileOf('a', '1')], null, observer);
  const again = await session.importFiles([fileOf('a', '1')], null, observer);
  expect(again).toMatchObject({ ok: true, value: { name: 'a (2)' } });
  const demo = await session.importDemo(observer);
  const demoAgain = await session.importDemo(observer);
  expect(demoAgain).toEqual(demo);
  expect(await openSpans(session)).toEqual([7, 8, 9]);
  const list = await session.list();
  expect(list.ok && list.value.map((dataset) => dataset.name).sort()).toEqual([
    'a',
    'a (2)',
    'headwater-demo.jsonl',
  ]);
});

test('several files name the dataset after the first', async () => {
  const files = [fileOf('x.txt', 'REFUSED a letter'), fileOf('a', '1'), fileOf('b', '2'), fileOf('c', '3')];
  const outcome = await openSession(browser).session.importFiles(files, null, observer);
  expect(outcome).toMatchObject({ ok: true, value: { name: 'a + 2 more' } });
});

test('progress goes through the phases and ends with all bytes and spans', async () => {
  const { session } = openSession(browser);
  const files = [fileOf('a', '1 2;3', '4'), fileOf('b', 'REFUSED no')];
  await session.importFiles(files, null, observer);
  expect([...new Set(observer.seen.map((progress) => progress.phase))]).toEqual([
    'reading',
    'assembling',
    'storing',
  ]);
  const last = observer.seen[observer.seen.length - 1];
  expect(last.bytesRead).toBe(files[0].size + files[1].size);
  expect(last.spans).toBe(4);
});

test('an import goes on in memory when there is no room on disk', async () => {
  const { session } = openSession(browser, {}, { roomFor: () => Promise.resolve(false) });
  const outcome = await session.importFiles([fileOf('a', '1 2')], null, observer);
  expect(outcome).toMatchObject({ ok: true, value: { stored: false, counts: { spans: 2 } } });
  expect(await openSpans(session)).toEqual([1, 2]);
  expect(await recordsOnDisk()).toBe(0);
});

test('a second import at the same time is refused', async () => {
  const { session } = openSession(browser);
  const first = session.importFiles([fileOf('a', '1')], null, observer);
  expect(await session.importFiles([fileOf('b', '2')], null, observer)).toMatchObject({
    ok: false,
    error: { code: 'internal' },
  });
  expect(await first).toMatchObject({ ok: true });
});

test('the import of a page that died is cleared away at the next start, which says so', async () => {
  let reachSecondPart: () => void = () => undefined;
  const inSecondPart = new Promise<void>((resolve) => {
    reachSecondPart = resolve;
  });
  const { session: dying } = openSession(browser, {
    beforeSegment: ({ part }) => {
      if (part === 0) return Promise.resolve();
      reachSecondPart();
      return new Promise(() => undefined);
    },
  });
  void dying.importFiles([fileOf('half.json', '1', '2')], null, observer);
  await inSecondPart;
  expect(await openSession(browser).session.notices()).toEqual([]);
  browser.locks.dropAll();
  expect(await openSession(browser).session.notices()).toEqual([
    'The import of half.json was not finished; what was left of it is removed. Drop the file again.',
  ]);
});

test('a dataset whose requests are of an older version is assembled anew when it is opened, once', async () => {
  const first = await openSession(browser).session.importFiles([fileOf('a', '1 2 BAD', '3')], null, observer);
  const summary = first.ok ? first.value : null;
  const newer = { columns: 1, requests: 2 };
  const { session } = openSession(browser, {}, {}, newer);
  expect(await session.open(summary?.id ?? -1)).toMatchObject({
    ok: true,
    value: { counts: summary?.counts },
  });
  expect(await openSpans(session)).toEqual([1, 2, 3]);
  const older = openSession(browser).session;
  expect(await older.open(summary?.id ?? -1)).toMatchObject({ ok: false, error: { code: 'newer-version' } });
});

test('removing the open dataset leaves nothing to ask about', async () => {
  const { session } = openSession(browser);
  const first = await session.importFiles([fileOf('a', '1')], null, observer);
  await session.remove(first.ok ? first.value.id : -1);
  expect(await openSpans(session)).toMatchObject({ code: 'not-found' });
});

describe('a question about two datasets', () => {
  async function twoDatasets() {
    const { session } = openSession(browser);
    const first = await session.importFiles([fileOf('a', '1 2')], null, observer);
    await session.importFiles([fileOf('b', '3')], null, observer);
    return { session, other: first.ok ? first.value.id : -1 };
  }

  test('sees both, while the open one stays open', async () => {
    const { session, other } = await twoDatasets();
    expect(await comparedSpans(session, other)).toEqual({ spans: [3], second: [1, 2] });
    expect(await openSpans(session)).toEqual([3]);
  });

  test('holds the second one until it is told to close it', async () => {
    const { session, other } = await twoDatasets();
    await comparedSpans(session, other);
    // Another tab deletes it.
    await openSession(browser).session.remove(other);
    expect(await comparedSpans(session, other)).toEqual({ spans: [3], second: [1, 2] });
    await session.closeSecond(other);
    expect(await comparedSpans(session, other)).toMatchObject({ code: 'not-found' });
  });

  test('says so where the second one is gone, and goes on about the open one', async () => {
    const { session, other } = await twoDatasets();
    await comparedSpans(session, other);
    await session.remove(other);
    expect(await comparedSpans(session, other)).toMatchObject({ code: 'not-found' });
    expect(await openSpans(session)).toEqual([3]);
  });
});

describe('what is prepared at rest', () => {
  test('goes on until another dataset is open', async () => {
    const steps: string[] = [];
    let isSecondThere: () => void = () => undefined;
    const second = new Promise<void>((resolve) => (isSecondThere = resolve));
    const ended = new Promise<void>((resolve) => {
      const { session } = openSession(browser, {
        async *atRest(spans) {
          steps.push(`${spans.join()} begins`);
          if (spans.includes(1)) await second;
          yield;
          steps.push(`${spans.join()} goes on`);
          resolve();
        },
      });
      void session
        .importFiles([fileOf('a', '1')], null, observer)
        .then(() => session.importFiles([fileOf('b', '2')], null, observer))
        .then(isSecondThere);
    });
    await ended;
    expect(steps).toEqual(['1 begins', '2 begins', '2 goes on']);
  });

  test('fails without harm', async () => {
    const { session } = openSession(browser, {
      async *atRest() {
        yield;
        throw new Error('no segment');
      },
    });
    expect(await session.importFiles([fileOf('a', '1')], null, observer)).toMatchObject({ ok: true });
    expect(await openSpans(session)).toEqual([1]);
  });
});
