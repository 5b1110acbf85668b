/** Tables in JSON whose rows are lists: as databases answer. */
import { expect, test } from 'vitest';
import { encodeText } from '../../src/util/bytes.ts';
import { readWithListSink } from '../support/read-bytes.ts';

const COLUMNS = ['Timestamp', 'TraceId', 'SpanId', 'ParentSpanId', 'SpanName', 'ServiceName', 'Duration'];
const TYPES = ['DateTime64(9)', 'String', 'String', 'String', 'LowCardinality(String)', 'String', 'UInt64'];
const TRACE = '5b8efff798038103d269b633813fc60c';
const [ONE, TWO] = ['c000000000000003', 'd000000000000004'];
const ROWS = [
  ['2024-05-01 12:51:30.050000000', TRACE, ONE, '', 'POST /api/cart', 'gateway', 300_000_000],
  ['2024-05-01 12:51:30.100000000', TRACE, TWO, ONE, 'SELECT shop', 'gateway', 200_000_000],
];
const NAMED = COLUMNS.map((name, i) => ({ name, type: TYPES[i] }));
const BY_COLUMN = Object.fromEntries(COLUMNS.map((name, i) => [name, ROWS.map((row) => row[i])]));
const lines = (rows: readonly unknown[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

test.each<readonly [name: string, text: string]>([
  ['ClickHouse’s JSONCompactEachRowWithNames', lines([COLUMNS, ...ROWS])],
  ['ClickHouse’s JSONCompactEachRowWithNamesAndTypes', lines([COLUMNS, TYPES, ...ROWS])],
  ['ClickHouse’s JSONColumns', JSON.stringify(BY_COLUMN)],
  ['ClickHouse’s JSONColumnsWithMetadata', JSON.stringify({ meta: NAMED, data: BY_COLUMN, rows: 2 })],
  ['a list of lists', JSON.stringify([COLUMNS, ...ROWS], null, 2)],
  ['Elasticsearch’s SQL', JSON.stringify({ columns: NAMED, rows: ROWS })],
  ['a data frame', JSON.stringify({ columns: COLUMNS, index: [0, 1], data: ROWS })],
  ['DeepFlow', JSON.stringify({ OPT_STATUS: 'SUCCESS', result: { columns: COLUMNS, values: ROWS } })],
  [
    'InfluxDB',
    JSON.stringify({ results: [{ series: [{ name: 'spans', columns: COLUMNS, values: ROWS }] }] }),
  ],
  ['Snowflake', JSON.stringify({ resultSetMetaData: { rowType: NAMED }, data: ROWS })],
  [
    'Grafana',
    JSON.stringify({
      results: { A: { frames: [{ schema: { fields: NAMED }, data: { values: Object.values(BY_COLUMN) } }] } },
    }),
  ],
])('%s is read as its rows', async (_name, text) => {
  for (const chunkBytes of [7, 1 << 20]) {
    const { plan, spans, notes } = await readWithListSink(encodeText(text), { chunkBytes });
    expect(plan.formatId).toBe('clickhouse');
    expect(spans.map(({ spanId, parentSpanId, durationNs }) => [spanId, parentSpanId, durationNs])).toEqual([
      [ONE, null, 300_000_000],
      [TWO, ONE, 200_000_000],
    ]);
    expect(notes).toEqual([]);
  }
});

test('long numbers stay exact', async () => {
  const columns = ['trace_id', 'span_id', 'start_time', 'duration_ns'];
  const text = `${JSON.stringify(columns)}\n["ab","cd",1714567890050000001,5]\n`;
  const { plan, spans } = await readWithListSink(encodeText(text));
  expect(plan.formatId).toBe('generic-table');
  expect(spans[0].startUnixNano).toBe(1714567890050000001n);
});

test('a document longer than what detection sees, and cut off at its end, gives its whole rows', async () => {
  const many = Array.from({ length: 4000 }, (_, i) => [
    ...ROWS[0].slice(0, 2),
    `${i + 1}`,
    ...ROWS[0].slice(3),
  ]);
  const text = JSON.stringify({ columns: COLUMNS, rows: many });
  expect(text.length).toBeGreaterThan(256 * 1024);
  expect((await readWithListSink(encodeText(text))).spans).toHaveLength(4000);
  const cut = await readWithListSink(encodeText(text.slice(0, -40)));
  expect(cut.spans).toHaveLength(3999);
  expect(cut.notes.map(({ code }) => code)).toEqual(['truncated']);
});

test('a table of other things is refused', async () => {
  const { plan } = await readWithListSink(encodeText('[["a","b","c"],[1,2,3]]'));
  expect(plan.format).toBe(null);
});
