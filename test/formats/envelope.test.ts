/** Traces within JSON that no format knows: as APIs, scripts and logs put them. */
import { describe, expect, test } from 'vitest';
import { EnvelopeSource, openHead, placesIn } from '../../src/formats/envelope.ts';
import { type ByteSource, MemorySource } from '../../src/formats/source.ts';
import { decodeBytes, encodeText, joinBytes } from '../../src/util/bytes.ts';
import { readWithListSink } from '../support/read-bytes.ts';

async function readBytes(source: ByteSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (let chunk = await source.next(); chunk; chunk = await source.next()) chunks.push(chunk);
  return joinBytes(chunks);
}

const otlp = (id: string): unknown => ({
  resourceSpans: [
    { scopeSpans: [{ spans: [{ traceId: 'ab', spanId: id, name: 'GET', startTimeUnixNano: '1' }] }] },
  ],
});
const jaeger = (id: string): unknown => ({
  traceID: 'ab',
  spans: [{ traceID: 'ab', spanID: id, operationName: 'GET', startTime: 1, duration: 1, processID: 'p1' }],
  processes: { p1: { serviceName: 'shop' } },
});
const zipkin = (id: string): unknown => ({
  traceId: '000000000000ab01',
  id,
  name: 'get',
  timestamp: 1_700_000_000_000_000,
  localEndpoint: { serviceName: 'shop' },
});
const row = (id: string): unknown => ({
  traceId: 'ab',
  spanId: id,
  serviceName: 'shop',
  timestamp: 1_700_000_000_000,
  durationNano: 5,
});
const ids = ['00000000000000a1', '00000000000000a2'];
const [one, two] = ids;

describe('a trace in an envelope that is no format is read', () => {
  test.each<readonly [name: string, formatId: string, document: unknown]>([
    ['Jaeger’s FindSpans', 'otlp-json', [{ spans: otlp(one) }, { spans: otlp(two) }]],
    ['an answer of a script', 'jaeger-json', { code: 200, data: { records: [jaeger(one), jaeger(two)] } }],
    [
      'traces by their ids',
      'jaeger-json',
      { traces: { '0a1b2c3d4e5f': jaeger(one), '1a2b3c4d5e6f': jaeger(two) } },
    ],
    ['one trace in each element', 'otlp-json', [{ id: 1, trace: { body: otlp(one) } }, { body: otlp(two) }]],
    ['two places', 'jaeger-json', { before: { trace: jaeger(one) }, after: { trace: jaeger(two) } }],
    ['rows that a table of spans would read', 'zipkin', { items: [zipkin(one), zipkin(two)] }],
    ['rows of a table', 'generic-table', { status: 'success', data: { spans: [row(one), row(two)] } }],
    [
      'texts of JSON in log records',
      'otlp-json',
      [
        { severity: 'INFO', textPayload: JSON.stringify(otlp(one)) },
        { severity: 'INFO', textPayload: JSON.stringify(otlp(two)) },
        { severity: 'INFO', textPayload: 'started' },
      ],
    ],
    [
      'a Collector’s lines in CloudWatch',
      'otlp-json',
      { events: ids.map((id) => ({ timestamp: 1, message: JSON.stringify(otlp(id)) })) },
    ],
    [
      'a queue’s messages that hold a topic’s',
      'otlp-json',
      { Records: ids.map((id) => ({ body: JSON.stringify({ Message: JSON.stringify(otlp(id)) }) })) },
    ],
    [
      'Loki’s answer',
      'otlp-json',
      { data: { result: [{ stream: {}, values: ids.map((id) => ['1', JSON.stringify(otlp(id))]) }] } },
    ],
  ])('%s', async (_name, formatId, document) => {
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2)]) {
      for (const chunkBytes of [7, 1 << 20]) {
        const { plan, spans, notes } = await readWithListSink(encodeText(text), { chunkBytes });
        expect(plan.formatId).toBe(formatId);
        expect(spans.map(({ spanId }) => spanId)).toEqual(ids);
        expect(notes).toEqual([]);
      }
    }
  });

  test('in lines of JSON', async () => {
    const lines = ids.map((id) => JSON.stringify({ time: 1, record: jaeger(id) })).join('\n');
    const { plan, spans } = await readWithListSink(encodeText(lines));
    expect(plan.containers).toEqual(['JSON (“record”)']);
    expect(spans.map(({ spanId }) => spanId)).toEqual(ids);
  });

  test('cut off at its end', async () => {
    const text = JSON.stringify({ response: { traces: [jaeger(one), jaeger(two)] } });
    const { spans } = await readWithListSink(encodeText(text.slice(0, -20)));
    expect(spans.map(({ spanId }) => spanId)).toEqual(ids);
  });
});

test('JSON without a trace is refused as before', async () => {
  const { plan } = await readWithListSink(encodeText('{"a":{"b":{"c":[1,"{\\"d\\":1}"]}}}'));
  expect(plan.refusal).toMatch(/not a trace format that is known here/);
});

describe('text around JSON is taken off', () => {
  const pretty = JSON.stringify([jaeger(one), jaeger(two)], null, 2).split('\n');

  test.each([
    ['docker compose', 'prefixed lines', 'shop-1  | '],
    ['kubectl logs --prefix', 'prefixed lines', '[pod/shop-7d9/web] '],
    ['kubectl logs --timestamps', 'prefixed lines', '2024-05-01T12:51:30.123456789Z '],
  ])('before each line of a document, as %s puts it', async (_by, container, prefix) => {
    const text = pretty.map((line) => `${prefix}${line}\n`).join('');
    const { plan, spans, notes } = await readWithListSink(encodeText(text), { chunkBytes: 50 });
    expect(plan.containers).toEqual([container]);
    expect(spans.map(({ spanId }) => spanId)).toEqual(ids);
    expect(notes).toEqual([]);
  });

  test('messages in the cells of a table', async () => {
    const cell = (id: string): string => `"${JSON.stringify(otlp(id)).replaceAll('"', '""')}"`;
    const text = `@timestamp,@message\n${ids.map((id) => `2024-05-01 12:51:30.000,${cell(id)}\n`).join('')}`;
    const { plan, spans } = await readWithListSink(encodeText(text), { chunkBytes: 50 });
    expect(plan.containers).toEqual(['table cells']);
    expect(spans.map(({ spanId }) => spanId)).toEqual(ids);
  });

  test('what a program or curl printed before', async () => {
    const text = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${pretty.join('\n')}`;
    const { spans, notes } = await readWithListSink(encodeText(text));
    expect(spans.map(({ spanId }) => spanId)).toEqual(ids);
    expect(notes.map(({ code, count }) => [code, count])).toEqual([['not-json', 2]]);
  });
});

describe('what stands at a path', () => {
  const document =
    '{"a":{"b":[{"c":1},{"c":"}"}],"t":"{\\"x\\":\\"\\u00e9\\\\n\\"}"},"1234":{"e":2},"b":{"c":3}} [{"a":{"b":[]}}]';

  test('paths are those of objects, lists and texts that are JSON, the outermost first', () => {
    expect(placesIn(encodeText(document)).map(({ path }) => path)).toEqual([
      'a',
      '*',
      'b',
      'a.b',
      'a.t',
      '[].a',
      '[].a.b',
    ]);
  });

  test.each([
    [['a.b'], '[{"c":1},{"c":"}"}]\n'],
    [['a.t'], '{"x":"é\\n"}\n'],
    [['*', '[].a'], '{"e":2}\n{"b":[]}\n'],
    [['nowhere'], ''],
  ])('%j, in any chunks', async (paths, expected) => {
    const bytes = encodeText(document);
    expect(decodeBytes(openHead(bytes, paths))).toBe(expected);
    for (let size = 1; size < bytes.length; size++) {
      const source = new EnvelopeSource(new MemorySource(bytes, size), paths);
      expect(decodeBytes(await readBytes(source))).toBe(expected);
    }
  });
});
