/** Bad input (issue 2): nothing hangs, nothing throws, what is whole is kept. */
import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { planFile } from '../../src/formats/plan-file.ts';
import { encodeText } from '../../src/util/bytes.ts';
import { readWithListSink } from '../support/read-bytes.ts';

const ID = '"traceId":"5b8efff798038103d269b633813fc60c","spanId":';
const span = (id: number, rest = ''): string => `{${ID}"${id.toString(16)}"${rest}}`;
const otlp = (...spans: string[]): string =>
  `{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},` +
  `"scopeSpans":[{"spans":[${spans.join(',')}]}]}]}\n`;
const A = '{"key":"a","value":{"intValue":"1"}}';
const read = (text: string) => readWithListSink(encodeText(text));

describe('nesting', () => {
  const deep = (count: number, open: string, close: string): string =>
    open.repeat(count) + close.repeat(count);

  test.each([10_000, 200_000])('%d levels of unknown lists and objects are stepped over', async (count) => {
    const lists = deep(count, '[', ']');
    const objects = `${'{"a":'.repeat(count)}1${'}'.repeat(count)}`;
    const text = otlp(span(1, `,"x":${lists},"y":${objects}`), span(2));
    const { spans, notes } = await read(`${text.slice(0, -2)},"z":${objects}}`);
    expect(spans).toHaveLength(2);
    expect(notes).toEqual([]);
  });

  test('attribute values are cut at a depth of 64', async () => {
    const open = '{"arrayValue":{"values":[';
    const value = `${open.repeat(10_000)}${']}}'.repeat(10_000)}`;
    const plain = deep(10_000, '[', ']');
    const { spans, notes } = await read(
      otlp(span(1, `,"attributes":[{"key":"a","value":${value}},{"key":"b","value":${plain}}]`), span(2)),
    );
    expect(spans).toHaveLength(2);
    const cut = `${'['.repeat(64)}"…"${']'.repeat(64)}`;
    expect(spans[0].attributes.get('a')).toEqual({ type: 'json', value: cut });
    expect(spans[0].attributes.get('b')).toEqual({ type: 'json', value: cut });
    expect(notes).toMatchObject([{ code: 'deep-value', effect: 'kept', count: 2 }]);
  });

  test('wrappers within wrappers end somewhere', async () => {
    const { notes } = await read(
      `${otlp(span(1))}${'{"data":['.repeat(10_000)}${']}'.repeat(10_000)}\n${otlp(span(2))}`,
    );
    expect(notes).toMatchObject([{ code: 'no-trace-data', effect: 'skipped', count: 1 }]);
  });

  test('brackets that never close are a truncated document', async () => {
    const { spans, notes } = await read(`${otlp(span(1))}{"a":${'['.repeat(100_000)}`);
    expect(spans).toHaveLength(1);
    expect(notes).toMatchObject([{ code: 'truncated', line: 2 }]);
  });
});

describe('size', () => {
  test('a text of 5 MB in a span is read whole, in small chunks too', async () => {
    const long = 'x'.repeat(5_000_000);
    const text = otlp(span(1, `,"name":"${long}\\n"`), span(2));
    const { spans } = await readWithListSink(encodeText(text), { chunkBytes: 65_536 });
    expect(spans.map(({ name }) => name.length)).toEqual([5_000_001, 0]);
  });

  test('a million distinct keys do not make it forget the rest', async () => {
    const spans = Array.from({ length: 6000 }, (_, i) =>
      span(i + 1, `,"k${i}":${i},"attributes":[{"key":"key ${i}","value":{"stringValue":"${i}"}}]`),
    );
    const reading = await read(otlp(...spans));
    expect(reading.spans).toHaveLength(6000);
    expect(reading.spans[5999].attributes.get('key 5999')).toEqual({ type: 'string', value: '5999' });
    expect(reading.notes).toEqual([]);
  });

  test('a gzip bomb does not fill the memory while it is looked at', async () => {
    const bomb = gzipSync(new Uint8Array(50_000_000));
    expect((await planFile(new Blob([bomb]), 'bomb.gz')).refusal).toMatch(/binary data/);
  });

  test('ten thousand tiny gzip members are read', async () => {
    const members = Array.from({ length: 10_000 }, (_, i) =>
      gzipSync(encodeText(i % 100 === 0 ? otlp(span(i + 1)) : '\n')),
    );
    const { spans, notes } = await readWithListSink(Buffer.concat(members), { nativeGunzip: null });
    expect(spans).toHaveLength(100);
    expect(notes).toEqual([]);
  });
});

describe('gzip that is damaged', () => {
  const packed = gzipSync(
    encodeText(otlp(...Array.from({ length: 300 }, (_, i) => span(i + 1, `,"name":"${i * 7919}"`)))),
  );

  test.each([undefined, null])(
    'zeros or other bytes after it are noted (native: %s)',
    async (nativeGunzip) => {
      for (const tail of [new Uint8Array(100), encodeText('not gzip at all, but some text')]) {
        const { spans, notes } = await readWithListSink(Buffer.concat([packed, tail]), { nativeGunzip });
        expect(spans).toHaveLength(300);
        expect(notes.every(({ effect }) => effect === 'kept')).toBe(true);
      }
    },
  );

  test('a flipped byte loses what comes after it at most', async () => {
    const flipped = packed.slice();
    flipped[packed.length >> 1] ^= 0xff;
    const { notes } = await readWithListSink(flipped, { nativeGunzip: null });
    expect(notes.length).toBeGreaterThan(0);
  });
});

describe('magic numbers', () => {
  test.each([
    ['zip', [0x50, 0x4b, 3, 4, 20, 0], /zip/],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd, 0], /zstd/],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], /xz/],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39], /bzip2/],
    ['encrypted Parquet', [0x50, 0x41, 0x52, 0x45, 0x15], /Parquet/],
    ['SQLite', [...encodeText('SQLite format 3\0')], /SQLite/],
    ['UTF-16 without spans', [0xff, 0xfe, 0x7b, 0], /JSON without anything/],
    ['unknown binary data', [0x0a, 0x05, 0x00, 0x01, 0x02, 0x03], /binary data/],
    ['gzip without content', [0x1f, 0x8b, 8, 0], /gzip|empty/],
    ['nothing', [], /empty/],
    ['empty gzip', [...gzipSync(new Uint8Array(0))], /empty/],
  ])('%s is named', async (_name, bytes, sentence) => {
    const plan = await planFile(new Blob([new Uint8Array(bytes)]), 'x');
    expect(plan.refusal).toMatch(sentence);
    expect(plan.parts).toEqual([]);
  });
});

describe('anything', () => {
  const good = [otlp(span(1, `,"attributes":[${A}]`), span(2)), otlp(span(3))].join('');
  const jaeger =
    '{"data":[{"traceID":"1","spans":[{"traceID":"1","spanID":"2","operationName":"o","references":[],' +
    '"startTime":5,"duration":6,"tags":[{"key":"a","type":"bool","value":true}],"logs":[{"timestamp":1,"fields":[]}],' +
    '"processID":"p"}],"processes":{"p":{"serviceName":"s","tags":[]}}}]}';

  test.each([good, jaeger])(
    'with flipped, dropped and doubled bytes neither throws nor hangs',
    async (text) => {
      const bytes = encodeText(text);
      const change = fc.record({
        at: fc.nat(bytes.length - 1),
        byte: fc.oneof(fc.nat(255), fc.constantFrom(...encodeText('{}[],:"\\\n 0-eEnNtfu.'))),
        kind: fc.constantFrom('flip', 'drop', 'insert'),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(change, { minLength: 1, maxLength: 6 }),
          fc.integer({ min: 1, max: 300 }),
          async (changes, chunkBytes) => {
            const changed = [...bytes];
            for (const { at, byte, kind } of changes) {
              if (kind === 'flip') changed[at] = byte;
              else changed.splice(at, kind === 'drop' ? 1 : 0, ...(kind === 'insert' ? [byte] : []));
            }
            const whole = await readWithListSink(new Uint8Array(changed));
            const small = await readWithListSink(new Uint8Array(changed), { chunkBytes });
            expect(small.spans).toEqual(whole.spans);
            expect(small.notes).toEqual(whole.notes);
          },
        ),
        { numRuns: 600 },
      );
    },
  );

  // Found by the test above: what is done after damage hung on what the window still showed.
  test.each([
    [
      'a line break in a document, long before',
      '{"data":\n{"traceID":"1","spans":[{"traceID":"1","\ney":2}]}}',
    ],
    ['a document’s beginning in what is stepped over', `${otlp(span(1))}{"x":[\n{"resource":{"a{:1}}]}\n`],
    ['a line that begins where the damage is', '{"resourceSpans":{"x":[{"spans"\n[{"traceId":"1"}]}]}}\n'],
    [
      'a number before attributes seen before',
      otlp(span(1, `,"attributes":[${A}]`), span(2, `,"attributes":[0${A}]`)),
    ],
    ['no document in a long line', `${'-'.repeat(70_000)}${otlp(span(1))}${otlp(span(2))}`],
  ])('%s makes no difference in small chunks', async (_name, text) => {
    const prefixed = encodeText(`${otlp(span(9))}${text}`);
    const whole = await readWithListSink(prefixed);
    for (const chunkBytes of text.length > 10_000 ? [997] : [1, 7]) {
      const { spans, notes } = await readWithListSink(prefixed, { chunkBytes });
      expect({ spans, notes }).toEqual({ spans: whole.spans, notes: whole.notes });
    }
  });

  test('a document after one that breaks off in what is stepped over is read', async () => {
    const { spans, notes } = await read(`{"resourceLogs":[{"a":1\n${otlp(span(1))}${otlp(span(2))}`);
    expect(spans).toHaveLength(2);
    expect(notes).toMatchObject([{ code: 'otlp-logs' }, { code: 'json-syntax', count: 1, line: 2 }]);
  });

  test('JSON of any shape below the known keys is survived', async () => {
    const keys = [
      'resourceSpans',
      'scopeSpans',
      'spans',
      'resource',
      'attributes',
      'traceId',
      'spanId',
      'status',
      'events',
      'data',
      'processes',
      'links',
      'key',
      'value',
      'kvlistValue',
      'values',
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(null, true, 1, -0.5, 1e300, '', 'ab', '5b8e'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 4 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (json) => {
        const { notes } = await read(
          `{"resourceSpans":[{"scopeSpans":[{"spans":[${JSON.stringify(json)}]}],"x":${JSON.stringify(json)}}]}`,
        );
        expect(notes.filter(({ code }) => code === 'json-syntax' || code === 'truncated')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
