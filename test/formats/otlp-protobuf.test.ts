/** OTLP protobuf: the same spans as from OTLP/JSON, however framed and cut; hostile bytes. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planFile } from '../../src/formats/plan-file.ts';
import { encodeText } from '../../src/util/bytes.ts';
import { delimited, field, fixed64, framed, number, otlpProtobuf, text } from '../support/otlp-protobuf.ts';
import { readWithListSink } from '../support/read-bytes.ts';
import { hasSharedData, SHARED_DATA } from '../support/shared-data.ts';
import { otlpJson } from '../support/trace-files.ts';
import { spanSets } from '../support/trace-generator.ts';

const TRACE = Array.from({ length: 16 }, (_, i) => i + 1);
const span = (id: number, ...more: readonly (readonly number[])[]): readonly number[] =>
  field(2, field(1, TRACE), field(2, [0, 0, 0, 0, 0, 0, id >> 8, id & 255]), fixed64(7, 5n), ...more);
const message = (...spans: readonly (readonly number[])[]): Uint8Array =>
  new Uint8Array(
    field(1, field(1, field(1, text(1, 'service.name'), field(2, text(1, 's')))), field(2, ...spans)),
  );

test('spans of any shape are what OTLP/JSON of them gives, however framed', async () => {
  await fc.assert(
    fc.asyncProperty(spanSets, fc.integer({ min: 1, max: 200 }), async (spans, chunkBytes) => {
      fc.pre(spans.length > 0);
      const expected = await readWithListSink(encodeText(otlpJson(spans)));
      const messages = spans.map((one) => otlpProtobuf([one]));
      for (const bytes of [otlpProtobuf(spans), framed(messages), delimited(messages)]) {
        const { plan, spans: found, notes } = await readWithListSink(bytes, { chunkBytes });
        expect(plan.formatId).toBe('otlp-protobuf');
        expect(found).toEqual(expected.spans);
        expect(notes).toEqual(expected.notes);
      }
    }),
    { numRuns: 60 },
  );
});

const attribute = (key: string, value: readonly number[]): readonly number[] =>
  field(1, text(1, key), field(2, value));

test('of a field that comes again the last one counts', async () => {
  const again = [field(1, TRACE.toReversed()), text(5, 'one'), text(5, 'two'), number(6, 2), number(6, 3)];
  const times = [fixed64(7, 9n), fixed64(8, 10n), fixed64(8, 12n)];
  const { spans } = await readWithListSink(message(span(1, ...again, ...times, field(15, number(3, 2)))));
  expect(spans).toMatchObject([
    {
      traceId: '100f0e0d0c0b0a090807060504030201',
      name: 'two',
      kind: 3,
      startUnixNano: 9n,
      durationNs: 3,
      status: 2,
    },
  ]);
});

test('attributes that come again and again, in any order, stay those of their spans', async () => {
  const pair = fc.tuple(fc.constantFrom('a', 'b', 'bb', 'c'), fc.constantFrom('x', 'y', 'xx', 'yx', ''));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uniqueArray(pair, { selector: ([key]) => key }), { minLength: 1, maxLength: 60 }),
      async (all) => {
        const spans = all.map((pairs, id) =>
          span(
            id + 1,
            // 9: the attributes of a span, where `attribute` makes those of a resource.
            ...pairs.map(([key, value]) => field(9, text(1, key), field(2, text(1, value)))),
          ),
        );
        const read = await readWithListSink(message(...spans), { epochEvery: 25 });
        const found = read.spans.map((one) => [...one.attributes].map(([key, { value }]) => [key, value]));
        expect(found).toEqual(all);
      },
    ),
  );
});

test('what had to be changed in an attribute is counted each time; one without a key is left out', async () => {
  const bad = field(9, text(1, 'k'), field(2, field(1, [0x61, 0xff])));
  const { spans, notes } = await readWithListSink(message(...[1, 2, 3, 4, 5].map((id) => span(id, bad))), {
    epochEvery: 100,
  });
  expect(spans.map((one) => one.attributes.get('k')?.value)).toEqual(Array(5).fill('a\uFFFD'));
  expect(notes).toMatchObject([{ code: 'invalid-utf8', count: 5 }]);
  const nameless = field(9, text(1, ''), field(2, text(1, 'x')));
  const others = await readWithListSink(message(...[1, 2, 3, 4].map((id) => span(id, nameless))), {
    epochEvery: 100,
  });
  expect(others.spans.map((one) => one.attributes.size)).toEqual([0, 0, 0, 0]);
});

test('a kind that is not known is told of spans that are kept', async () => {
  const kinds = [number(6, 2), number(6, 9)];
  const withoutId = field(2, field(1, TRACE), fixed64(7, 5n), number(6, 9));
  const { spans, notes } = await readWithListSink(message(span(1, ...kinds), withoutId));
  expect(spans.map(({ kind }) => kind)).toEqual([0]);
  expect(notes.find(({ code }) => code === 'unknown-kind')?.count).toBe(1);
});

test('more keys than are remembered are all read', async () => {
  const ofSpan = (key: string, value: string) => field(9, text(1, key), field(2, text(1, value)));
  const keys = Array.from({ length: 250 }, (_, id) => [
    'always',
    ...Array.from({ length: 40 }, (_, i) => `key ${id * 40 + i}`),
  ]);
  // Twice: what was forgotten comes again.
  const twice = [...keys, ...keys];
  const all = twice.map((list, id) => span(id + 1, ...list.map((key) => ofSpan(key, 'x'))));
  const { spans } = await readWithListSink(message(...all), { epochEvery: 1000 });
  expect(spans.map(({ attributes }) => [...attributes.keys()])).toEqual(twice);
});

describe('resources and scopes that repeat', () => {
  const scopeOf = (name: string): readonly number[] => field(1, text(1, name), text(2, '1'));
  const spansOf = (resource: readonly (readonly number[])[], scope: readonly number[], id: number) =>
    field(1, ...resource, field(2, scope, span(id)));
  const read = (...all: readonly (readonly number[])[]) =>
    readWithListSink(new Uint8Array(all.flat()), { epochEvery: 50 });

  test('one that is met again goes on when the epoch ends among its spans', async () => {
    const resourceOf = (name: string) => field(1, attribute('service.name', text(1, name)));
    const spansIn = (name: string, ...ids: readonly number[]) =>
      field(1, resourceOf(name), field(2, scopeOf(name), ...ids.map((id) => span(id))));
    const all = [spansIn('x', 9), spansIn('a', 1), spansIn('b', 2), spansIn('a', 3, 4, 5, 6)];
    const bytes = new Uint8Array(all.flat());
    for (const epochEvery of [4, 5, 6]) {
      const { spans } = await readWithListSink(bytes, { epochEvery });
      const services = spans.map((one) => one.resource.attributes.get('service.name')?.value);
      expect(services).toEqual(['x', 'a', 'b', 'a', 'a', 'a', 'a']);
    }
  });

  test('each span has its own, whichever came before', async () => {
    const names = ['cart', 'pays', 'cart', 'cart', 'shop', 'pays', 'cart'];
    const resources = names.map((name) => [field(1, attribute('service.name', text(1, name)))]);
    const { spans } = await read(
      ...names.map((name, i) => spansOf(resources[i], scopeOf(`of ${name}`), i + 1)),
    );
    expect(spans.map((one) => one.resource.attributes.get('service.name')?.value)).toEqual(names);
    expect(spans.map((one) => one.scope.name)).toEqual(names.map((name) => `of ${name}`));
  });

  test('more different ones than are remembered are all read', async () => {
    const count = 2500;
    const ids = [...Array.from({ length: count }, (_, i) => i), 0, count - 1, 1];
    const { spans } = await read(
      ...ids.map((id, i) =>
        spansOf(
          [field(1, attribute('service.name', text(1, `service ${id}`)))],
          scopeOf(`scope ${id}`),
          i + 1,
        ),
      ),
    );
    expect(spans.map((one) => one.resource.attributes.get('service.name')?.value)).toEqual(
      ids.map((id) => `service ${id}`),
    );
    expect(spans.map((one) => one.scope.name)).toEqual(ids.map((id) => `scope ${id}`));
  });

  test('nothing is taken over by spans that have none', async () => {
    const resource = [field(1, attribute('service.name', text(1, 'cart')))];
    const { spans } = await read(
      spansOf(resource, scopeOf('a'), 1),
      spansOf([], [], 2),
      spansOf(resource, scopeOf('a'), 3),
    );
    expect(spans.map((one) => one.resource.attributes.size)).toEqual([1, 0, 1]);
    expect(spans.map((one) => one.scope.name)).toEqual(['a', '', 'a']);
  });

  test('zeros that doubles cannot tell apart are told apart', async () => {
    const zeros = new Array<number>(15).fill(0);
    const lastBytes = [0, 0, 0, 0x80, 0];
    const values = lastBytes.map((last) => field(7, [...zeros, last]));
    const { spans } = await read(
      ...values.map((value, i) => spansOf([field(1, attribute('of eight', value))], [], i + 1)),
    );
    const base64 = (last: number): string => Buffer.from([...zeros, last]).toString('base64');
    expect(spans.map((one) => one.resource.attributes.get('of eight')?.value)).toEqual(lastBytes.map(base64));
  });

  test('a second resource of the same spans is left out and told, also beside one that is known', async () => {
    const first = field(1, attribute('service.name', text(1, 'cart')));
    const second = field(1, attribute('service.name', text(1, 'other')), attribute('more', text(1, 'x')));
    const { spans, notes } = await read(
      spansOf([first, second], scopeOf('a'), 1),
      spansOf([first], scopeOf('a'), 2),
      spansOf([first, second], scopeOf('a'), 3),
    );
    expect(spans.map((one) => [...one.resource.attributes.values()].map(({ value }) => value))).toEqual([
      ['cart'],
      ['cart'],
      ['cart'],
    ]);
    expect(notes).toMatchObject([{ code: 'second-resource', effect: 'skipped', count: 2 }]);
  });

  test('a resource after its spans is theirs', async () => {
    const late = (name: string, id: number): readonly number[] =>
      field(1, field(2, span(id)), field(1, attribute('service.name', text(1, name))));
    const { spans, notes } = await read(late('cart', 1), late('pays', 2), late('cart', 3));
    expect(notes).toEqual([]);
    expect(spans.map((one) => one.resource.attributes.get('service.name')?.value)).toEqual([
      'cart',
      'pays',
      'cart',
    ]);
  });
});

describe.skipIf(!hasSharedData)('real files', () => {
  const read = (file: string) => readWithListSink(readFileSync(`${SHARED_DATA}otlp/otlp2parquet/${file}`));

  test('binary and JSON of the same data are the same', async () => {
    const binary = await read('traces.pb');
    const { spans } = await read('traces.jsonl');
    const byId = new Map(spans.map((one) => [one.spanId, one]));
    expect(binary.notes).toEqual([]);
    expect(binary.spans).toHaveLength(19);
    expect(binary.spans).toEqual(binary.spans.map(({ spanId }) => byId.get(spanId)));
  });

  test('a file of two spans', async () => {
    const { spans, notes } = await read('trace.pb');
    expect(notes).toEqual([]);
    expect(spans.map(({ name }) => name)).toHaveLength(2);
  });
});

describe('size', () => {
  test('one message of many megabytes is read a span at a time, in small windows', async () => {
    const long = text(5, 'x'.repeat(200));
    const all = new Uint8Array(message(...Array.from({ length: 20_000 }, (_, i) => span(i + 1, long))));
    const { spans, notes } = await readWithListSink(all, { chunkBytes: 4096 });
    expect(spans).toHaveLength(20_000);
    expect(notes).toEqual([]);
  });

  test('a span larger than the window is read whole', async () => {
    const name = 'y'.repeat(300_000);
    const bytes = message(span(1, text(5, name)), span(2));
    const { spans } = await readWithListSink(bytes, { chunkBytes: 1000 });
    expect(spans.map((one) => one.name.length)).toEqual([300_000, 0]);
  });

  test('unknown fields of any size are stepped over', async () => {
    const big = field(77, new Array<number>(100_000).fill(0x0a));
    const bytes = new Uint8Array([...message(span(1), big, span(2)), ...big, ...message(span(3))]);
    const { spans, notes } = await readWithListSink(bytes, { chunkBytes: 500 });
    expect(spans).toHaveLength(3);
    expect(notes).toEqual([]);
  });
});

describe('hostile bytes', () => {
  test('lists within lists are cut at a depth of 64', async () => {
    let value: readonly number[] = text(1, 'deep');
    for (let i = 0; i < 100; i++) value = field(5, field(1, value));
    const { spans, notes } = await readWithListSink(
      message(span(1, field(9, text(1, 'a'), field(2, value))), span(2)),
    );
    expect(spans).toHaveLength(2);
    expect(spans[0].attributes.get('a')).toEqual({
      type: 'json',
      value: `${'['.repeat(64)}"…"${']'.repeat(64)}`,
    });
    expect(notes).toMatchObject([{ code: 'deep-value', effect: 'kept' }]);
  });

  test('groups within groups do not exhaust the stack', async () => {
    const groups = new Array<number>(50_000).fill((90 << 3) | 3);
    const { spans, notes } = await readWithListSink(message(span(1), span(2, groups), span(3)));
    expect(spans).toHaveLength(2);
    expect(notes).toMatchObject([{ code: 'protobuf-syntax', effect: 'rejected', count: 1 }]);
  });

  test('flipped, dropped and inserted bytes end in notes, in small chunks the same', async () => {
    const messages = [message(span(1), span(2, number(6, 2), text(5, 'name'))), message(span(3))];
    const files = [
      framed(messages),
      delimited(messages),
      Uint8Array.from(messages.flatMap((one) => [...one])),
    ];
    const change = fc.record({
      at: fc.nat(300),
      byte: fc.nat(255),
      kind: fc.constantFrom('flip', 'drop', 'insert', 'cut'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        async (bytes, changes, chunkBytes) => {
          const changed = [...bytes];
          for (const { at, byte, kind } of changes) {
            if (kind === 'flip') changed[at % changed.length] = byte;
            else if (kind === 'cut') changed.length = Math.max(30, at % changed.length);
            else changed.splice(at, kind === 'drop' ? 1 : 0, ...(kind === 'insert' ? [byte] : []));
          }
          const whole = await readWithListSink(new Uint8Array(changed));
          const small = await readWithListSink(new Uint8Array(changed), { chunkBytes });
          expect(small.spans).toEqual(whole.spans);
          expect(small.notes).toEqual(whole.notes);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('random bytes are no OTLP', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        const { formatId } = await planFile(new Blob([new Uint8Array([0x0a, ...bytes])]), 'x');
        expect(formatId).not.toBe('otlp-protobuf');
      }),
      { numRuns: 500 },
    );
  });
});
