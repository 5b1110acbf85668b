import { describe, expect, test } from 'vitest';
import { SpanSource } from '../../src/columns/span-source.ts';
import { sampleForest } from '../../src/query/sampled-forest.ts';
import { spanData } from '../support/span-data.ts';
import { trace } from '../support/trace-text.ts';

/** 1,500 traces of ten spans, each one request. */
const TRACES = 1500;
const DRAWING = ['shop  GET  server', ...Array.from({ length: 9 }, () => '  shop  work  internal')].join(
  '\n',
);
const SPANS = trace(Array.from({ length: TRACES }, () => DRAWING).join('\n'));

function everyRow(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, row) => row);
}

test('of many requests as many are looked at as can be read, spread over all of them', async () => {
  const data = spanData(SPANS, 5000);
  const { samples, forest } = await sampleForest(data, [everyRow(TRACES)]);
  expect(samples[0]).toHaveLength(1000);
  expect(forest.records).toHaveLength(10_000);
  for (let tenth = 0; tenth < 10; tenth++) {
    const from = (tenth * TRACES) / 10;
    const inside = samples[0].filter((row) => row >= from && row < from + TRACES / 10);
    expect(inside.length).toBeGreaterThan(90);
    expect(inside.length).toBeLessThan(110);
  }
});

describe('of two lists', () => {
  const ofLists = (...lists: Uint32Array[]) => sampleForest(spanData(SPANS, 5000), lists);
  const rowsFrom = (from: number, to: number) => everyRow(to).subarray(from);

  test('each gets half of what can be read', async () => {
    const { samples, forest } = await ofLists(rowsFrom(0, 750), rowsFrom(750, 1500));
    expect(samples.map(({ length }) => length)).toEqual([500, 500]);
    expect(forest.records).toHaveLength(10_000);
  });

  test('what one does not need the other gets, whichever it is', async () => {
    const few = rowsFrom(0, 100);
    const many = rowsFrom(100, 1500);
    for (const [lists, expected] of [
      [
        [few, many],
        [100, 900],
      ],
      [
        [many, few],
        [900, 100],
      ],
      [
        [new Uint32Array(), many],
        [0, 1000],
      ],
    ] as const) {
      const { samples } = await ofLists(...lists);
      expect(samples.map(({ length }) => length)).toEqual(expected);
    }
  });

  test('what is read for one does not stand out in the other', async () => {
    const { samples } = await ofLists(rowsFrom(0, 300), everyRow(TRACES));
    const [few, all] = samples;
    expect(few).toHaveLength(300);
    // A fifth of all, so a fifth of those that were looked at.
    const shared = all.filter((row) => row < 300).length / all.length;
    expect(shared).toBeGreaterThan(0.19);
    expect(shared).toBeLessThan(0.21);
  });
});

test('of few requests all are looked at', async () => {
  const { samples } = await sampleForest(spanData(SPANS, 5000), [Uint32Array.of(3, 700, 1499)]);
  expect([...samples[0]]).toEqual([3, 700, 1499]);
});

test('of none there is nothing to look at', async () => {
  const { samples, forest } = await sampleForest(spanData(SPANS, 5000), [new Uint32Array()]);
  expect(samples[0]).toHaveLength(0);
  expect(forest.records).toHaveLength(0);
});

test('only a few segments are loaded, however many there are', async () => {
  const { table, spans } = spanData(SPANS, 500);
  const loaded = new Set<number>();
  const source = new SpanSource(table.segments, async ({ seq }) => {
    loaded.add(seq);
    return (await spans.segment(seq)).segment;
  });
  const { samples } = await sampleForest({ table, spans: source }, [everyRow(TRACES)]);
  expect(table.segments.length / 4).toBe(30);
  expect(loaded.size).toBeLessThanOrEqual(8);
  expect(samples[0].length).toBeGreaterThan(300);
});
