/** What is said about units of time that a table does not name. */
import { describe, expect, test } from 'vitest';
import { planFile, planContents } from '../../src/formats/plan-file.ts';
import { readPart } from '../../src/formats/read-part.ts';
import type { TimeUnit } from '../../src/model/column-mapping.ts';
import { Notes } from '../../src/model/import-note.ts';
import { ListSink } from '../support/list-sink.ts';
import { readWithListSink } from '../support/read-bytes.ts';

const IDS = ['5b8efff798038103d269b633813fc601', '5b8efff798038103d269b633813fc602'];

function csv(header: string, ...rows: string[]): Blob {
  return new Blob([[header, ...rows].join('\n')]);
}
const said = async (file: Blob, name = 'a.csv') => (await planFile(file, name)).finding?.units;

test('durations without a unit are told with what they were taken for: the unit of the start times', async () => {
  const file = csv(
    'TraceId,SpanId,ParentId,StartTime,Duration,Service',
    `${IDS[0]},1,,1700000000000000,2500,shop`,
    `${IDS[1]},2,,1700000001000000,2500,shop`,
  );
  expect(await said(file)).toEqual([
    'The durations (column “Duration”) are read as microseconds, because the start times beside them are in this unit.',
    'The start times (column “StartTime”) are read as microseconds since 1970, because their numbers then lie between 2001 and 2100.',
  ]);
});

test('beside dates they are milliseconds; the name of a column may say more', async () => {
  const row = `${IDS[0]},1,,2024-01-01T00:00:00Z,25,shop`;
  expect(await said(csv('TraceId,SpanId,ParentId,StartTime,Duration,Service', row, row))).toEqual([
    'The durations (column “Duration”) are read as milliseconds, because the file names no unit and this is the usual one.',
  ]);
  expect(await said(csv('TraceId,SpanId,ParentId,StartTime,duration_us,Service', row, row))).toEqual([
    'The durations (column “duration_us”) are read as microseconds, because the name of the column says so.',
  ]);
});

test('calls that must lie within their callers tell the unit', async () => {
  const at = (offsetUs: number) => 1_700_000_000_000_000 + offsetUs;
  const file = csv(
    'TraceId,SpanId,ParentId,StartTime,Duration,Service',
    `${IDS[0]},1,,${at(0)},90,shop`,
    ...[2, 3, 4, 5].map((n) => `${IDS[0]},${n},1,${at(n * 10_000)},5,cart`),
  );
  expect((await said(file))?.[0]).toBe(
    'The durations (column “Duration”) are read as milliseconds, because the calls of the first rows then lie within their callers, as they should.',
  );
});

test('rows of JSON are told by the start beside them', async () => {
  const row = (n: number) =>
    JSON.stringify({
      traceId: IDS[0],
      spanId: String(n),
      parentId: '',
      start: 1_700_000_000_000,
      duration: 5,
      service: 'shop',
    });
  const file = new Blob([[row(1), row(2)].join('\n')]);
  expect((await said(file, 'a.jsonl'))?.[0]).toMatch(
    /^The durations \(column “duration”\) are read as milliseconds/,
  );
});

test('a unit that people have told is theirs, and a file with ends needs none', async () => {
  const header = 'TraceId,SpanId,ParentId,StartTime,Duration,Service';
  const row = `${IDS[0]},1,,1700000000000,25,shop`;
  const [{ plan }] = await planContents(csv(header, row, row), 'a.csv');
  const table = plan.finding?.table;
  if (!table) throw new Error('no table');
  const mapping = { ...table.mapping, durationUnit: 'us' } as const;
  const options = { formats: [], mappings: [{ shapeKey: table.shapeKey, mapping }] };
  const [told] = await planContents(csv(header, row, row), 'a.csv', { options });
  expect(told.plan.finding?.units?.[0]).toBe(
    'The durations (column “Duration”) are read as microseconds, as you said.',
  );
  const ended = csv(
    'TraceId,SpanId,ParentId,StartTime,EndTime,Service',
    `${IDS[0]},1,,2024-01-01T00:00:00Z,2024-01-01T00:00:01Z,shop`,
  );
  expect(await said(ended)).toEqual([]);
});

/** Two traces of a caller with calls in it, a row a line; durations are in ns beside dates, as Go writes them. */
function nanosecondRows(): Blob {
  const row = (trace: string, n: number, parent: number, offsetMs: number, lengthMs: number) =>
    JSON.stringify({
      traceId: trace,
      spanId: `${trace.slice(-1)}${n}`,
      parentId: parent === 0 ? '' : `${trace.slice(-1)}${parent}`,
      start: new Date(1_700_000_000_000 + offsetMs).toISOString(),
      duration: lengthMs * 1e6,
      service: 'shop',
    });
  const lines = IDS.flatMap((trace) => [
    row(trace, 1, 0, 0, 200),
    ...[2, 3, 4].map((n) => row(trace, n, 1, n, 40)),
  ]);
  return new Blob([lines.join('\n')]);
}

test('rows of JSON whose calls tell the unit are read in it, in every part of their file', async () => {
  const file = nanosecondRows();
  expect((await said(file, 'a.jsonl'))?.[0]).toMatch(/are read as nanoseconds, because the calls/);
  const bytes = new Uint8Array(await file.arrayBuffer());
  for (const partBytes of [undefined, 300]) {
    const { plan, spans } = await readWithListSink(bytes, { partBytes });
    expect(plan.parts.length > 1).toBe(partBytes !== undefined);
    expect(spans.map(({ durationNs }) => durationNs)).toEqual([2e8, 4e7, 4e7, 4e7, 2e8, 4e7, 4e7, 4e7]);
  }
});

describe('start times whose unit people have told', () => {
  // Minutes after a machine was started, in µs: by their size they would be seconds in 1985.
  const header = 'TraceId,SpanId,ParentId,StartTime,EndTime,Duration,Service';
  const row = `${IDS[0]},1,,480000000,,2500,shop`;
  const readAs = async (startUnit: TimeUnit, text = [header, row, row.replace(',1,', ',2,')].join('\n')) => {
    const file = new Blob([text]);
    const [{ plan }] = await planContents(file, 'a.csv');
    const table = plan.finding?.table;
    if (!table) throw new Error('no table');
    const mappings = [{ shapeKey: table.shapeKey, mapping: { ...table.mapping, startUnit } }];
    const [told] = await planContents(file, 'a.csv', { options: { formats: [], mappings } });
    const sink = new ListSink();
    await readPart(file, told.plan, told.plan.parts[0], sink, new Notes());
    return { units: told.plan.finding?.units, span: sink.spans()[0] };
  };

  test('are read in it, and the durations beside them', async () => {
    const { span, units } = await readAs('us');
    expect(span).toMatchObject({ startUnixNano: 480_000_000_000n, durationNs: 2_500_000 });
    expect(units).toEqual([
      'The start times (column “StartTime”) are read as microseconds since 1970, as you said.',
    ]);
    expect((await readAs('s')).span).toMatchObject({ startUnixNano: 480_000_000_000_000_000n });
  });

  test('make their ends be read in it, too', async () => {
    const ended = [header, row.replace('480000000,,', '480000000,480001000,')].join('\n');
    expect((await readAs('us', ended)).span).toMatchObject({ durationNs: 1_000_000 });
  });

  test('leave dates as they are', async () => {
    const dated = [header, row.replace('480000000', '2024-05-01T12:51:30Z')].join('\n');
    expect((await readAs('us', dated)).span.startUnixNano).toBe(1_714_567_890_000_000_000n);
  });
});
