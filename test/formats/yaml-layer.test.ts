/** Spans in YAML, as serialisers write it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText } from '../../src/util/bytes.ts';
import { readWithListSink } from '../support/read-bytes.ts';

const GOLDEN = `# written by a test of the Collector's
resourceSpans:
  - resource:
      attributes:
        - key: service.name
          value:
            stringValue: gateway
        - key: "host.name"
          value:
            stringValue: 'gw''1' # quoted
    scopeSpans:
    - scope: {}
      spans:
        - attributes:
            - key: exception.stacktrace
              value:
                stringValue: |-
                  Error: x
                    at a (b.js:1)

                  # at c
            - key: list
              value:
                arrayValue:
                  values:
                    - stringValue: a
                    - stringValue: "b: \\"c\\""
          endTimeUnixNano: "1714567890350000000"
          kind: 2
          name: 'POST /api/cart: all'
          parentSpanId: b000000000000002
          spanId: c000000000000003
          startTimeUnixNano: 1714567890050000001
          status:
            code: 2
            message: dead lock
          traceId: 5b8efff798038103d269b633813fc60c
        - spanId: d000000000000004
          parentSpanId: c000000000000003
          traceId: 5b8efff798038103d269b633813fc60c
          name: >
            SELECT
            shop
          startTimeUnixNano: "1714567890100000000"
          endTimeUnixNano: "1714567890300000000"
`;

test('is read as the JSON that it stands for', async () => {
  for (const chunkBytes of [7, 1 << 20]) {
    const { plan, spans, notes } = await readWithListSink(encodeText(GOLDEN), { chunkBytes });
    expect(plan.formatId).toBe('otlp-json');
    expect(plan.containers).toEqual(['YAML']);
    expect(notes).toEqual([]);
    const [span, call] = spans;
    expect(span).toMatchObject({
      name: 'POST /api/cart: all',
      kind: 2,
      status: 2,
      statusMessage: 'dead lock',
      startUnixNano: 1714567890050000001n,
      parentSpanId: 'b000000000000002',
    });
    expect(span.resource.attributes.get('host.name')?.value).toBe("gw'1");
    expect(span.attributes.get('exception.stacktrace')?.value).toBe('Error: x\n  at a (b.js:1)\n\n# at c');
    expect(span.attributes.get('list')?.value).toBe('["a","b: \\"c\\""]');
    expect(call).toMatchObject({ name: 'SELECT shop\n', durationNs: 200_000_000 });
  }
});

test('several documents in one file', async () => {
  const text = `---\n${GOLDEN}---\n${GOLDEN.replaceAll('c000000000000003', 'e000000000000005')}`;
  const { spans } = await readWithListSink(encodeText(text));
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(3);
});

test('what is no YAML ends its document, and is told', async () => {
  const text = GOLDEN.replace('          kind: 2', '          kind 2');
  const { notes } = await readWithListSink(encodeText(text));
  expect(notes.map(({ code }) => code)).toContain('yaml-syntax');
});

test('a configuration in YAML is refused', async () => {
  const { plan } = await readWithListSink(encodeText('data:\n  traces.yaml: x\n'));
  expect(plan.format).toBe(null);
});

test('damage leads to notes, never to an error', async () => {
  const damaged = fc
    .tuple(fc.nat(GOLDEN.length - 60), fc.string({ maxLength: 6 }), fc.nat(4))
    .map(([at, put, taken]) => GOLDEN.slice(0, at + 60) + put + GOLDEN.slice(at + 60 + taken));
  await fc.assert(
    fc.asyncProperty(damaged, async (text) => {
      await readWithListSink(encodeText(text));
    }),
    { numRuns: 200 },
  );
  const deep = `resourceSpans:\n${'- '.repeat(10_000)}a: b\n`;
  await expect(readWithListSink(encodeText(deep))).resolves.toBeDefined();
});
