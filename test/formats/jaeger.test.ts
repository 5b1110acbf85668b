/** What Jaeger's reader takes a shorter way for: ids that repeat, and processes called p1, p2 … */
import { expect, test } from 'vitest';
import { SegmentBuilder } from '../../src/columns/segment-builder.ts';
import { SegmentReader } from '../../src/columns/segment-reader.ts';
import { jaeger } from '../../src/formats/jaeger.ts';
import { MemorySource } from '../../src/formats/source.ts';
import { Notes } from '../../src/model/import-note.ts';
import { encodeText } from '../../src/util/bytes.ts';
import { readWithListSink } from '../support/read-bytes.ts';

const ONE = '5b8efff798038103d269b633813fc60c';
const OTHER = '00000000000000005b8efff798038103';

function reference(traceID: string, spanID: string): object {
  return { refType: 'CHILD_OF', traceID, spanID };
}

function read(spans: object[], processes: object = {}) {
  const document = JSON.stringify({ data: [{ traceID: ONE, spans, processes }] });
  return readWithListSink(encodeText(document));
}

test('the same trace id again, another one, one in capitals, one of zeros', async () => {
  const ids = [ONE, ONE, OTHER, ONE, ONE.toUpperCase(), '0'.repeat(32), OTHER.slice(16), ONE];
  const { spans, notes } = await read(ids.map((traceID, i) => ({ traceID, spanID: `a${i}` })));
  expect(spans.map(({ traceId }) => traceId)).toEqual([ONE, ONE, OTHER, ONE, ONE, OTHER, ONE]);
  expect(notes).toMatchObject([{ effect: 'rejected', count: 1 }]);
});

test('references into the own trace and others, wherever the own id stands', async () => {
  const { spans } = await read([
    { traceID: ONE, spanID: 'a1', references: [reference(OTHER, 'b1'), reference(ONE, 'c1')] },
    { references: [reference(ONE, 'c2'), reference(OTHER, 'b2')], traceID: OTHER, spanID: 'a2' },
    { traceID: ONE, spanID: 'a3', references: [] },
    { traceID: ONE, spanID: 'a4', references: [reference('', 'c4')] },
  ]);
  expect(spans.map(({ parentSpanId }) => parentSpanId?.slice(-2) ?? null)).toEqual(['c1', 'b2', null, 'c4']);
  expect(spans.map(({ links }) => links.map(({ traceId }) => traceId))).toEqual([[OTHER], [ONE], [], []]);
});

test('processes of whatever name are told apart', async () => {
  const names = ['p1', 'p2', 'p12', 'p01', 'P1', 'p', 'p0', 'p1 ', 'p1a', 'p1234567', '1', 'p999999'];
  const processes = Object.fromEntries(names.map((name) => [name, { serviceName: `service of ${name}` }]));
  const { spans } = await read(
    names.map((processID, i) => ({ traceID: ONE, spanID: `a${i}`, processID })),
    processes,
  );
  const services = spans.map(({ resource }) => resource.attributes.get('service.name')?.value);
  expect(services).toEqual(names.map((name) => `service of ${name}`));
});

test('a tag “error” that says false in any case is none', async () => {
  const values = ['false', 'FALSE', 'true', 'True', 'timeout', ''];
  const { spans } = await read(
    values.map((value, i) => ({
      traceID: ONE,
      spanID: `a${i}`,
      tags: [{ key: 'error', type: 'string', value }],
    })),
  );
  expect(spans.map(({ status, statusMessage }) => [status, statusMessage])).toEqual([
    [0, ''],
    [0, ''],
    [2, ''],
    [2, ''],
    [2, 'timeout'],
    [2, ''],
  ]);
});

test.each(['before', 'after'])(
  'processes %s their spans are theirs, however full a segment is',
  async (place) => {
    const processes = Object.fromEntries(
      ['p1', 'p2', 'p3'].map((id) => [id, { serviceName: `service of ${id}` }]),
    );
    const ids = ['p1', 'p2', 'p3', 'p1', 'p2', 'p3', 'p1'];
    const spans = ids.map((processID, i) => ({ traceID: ONE, spanID: `a${i}`, processID }));
    const trace = place === 'before' ? { processes, spans } : { spans, processes };
    const services: unknown[] = [];
    const builder = new SegmentBuilder(
      (segment) => {
        const reader = new SegmentReader(segment);
        for (let row = 0; row < segment.spanCount; row++) {
          services.push(reader.span(row).resource.attributes.get('service.name')?.value);
        }
      },
      { spans: 2, textBytes: 1000 },
    );
    const bytes = encodeText(JSON.stringify({ data: [trace, trace] }));
    await jaeger.read(new MemorySource(bytes, 50), builder, new Notes());
    builder.finish();
    expect(services).toEqual([...ids, ...ids].map((id) => `service of ${id}`));
  },
);
