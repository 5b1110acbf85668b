import { expect, test } from 'vitest';
import { SpanSource } from '../../src/columns/span-source.ts';
import { scanPart } from '../../src/query/scan-parts.ts';
import { readRuns } from '../../src/query/segment-runs.ts';
import type { SpanData } from '../../src/query/span-forest.ts';
import { segmentsOf } from '../support/assemble-spans.ts';
import { spanData } from '../support/span-data.ts';
import { trace } from '../support/trace-text.ts';

const SEGMENTS = [0, 1, 2, 3, 4];
const spans = trace(SEGMENTS.map((i) => `shop  call ${i}  server`).join('\n'));

/** One segment a span; `read` gets the number of each segment that is read from disk. */
function dataOf(read: (segment: number) => void): SpanData {
  const segments = segmentsOf(spans, 1);
  const { table } = spanData(spans, 1);
  const load = async ({ seq }: { seq: number }) => {
    await Promise.resolve();
    read(seq);
    return segments[seq];
  };
  return { table, spans: new SpanSource(table.segments, load) };
}

/** A record is the segment with its number. */
function partsOf(data: SpanData, records: readonly number[]) {
  return readRuns(data.table, Uint32Array.from(records), (segment) => scanPart(data, segment));
}

async function scan(data: SpanData, records: readonly number[]): Promise<number> {
  let rows = 0;
  for await (const [, part] of partsOf(data, records)) rows += part.flags.length;
  return rows;
}

test('segments are read from disk once, in their order, however often they are scanned', async () => {
  const read: number[] = [];
  const data = dataOf((segment) => read.push(segment));
  expect(await scan(data, [1, 3])).toBe(2);
  expect(await scan(data, SEGMENTS)).toBe(5);
  expect(await scan(data, SEGMENTS)).toBe(5);
  expect(read).toEqual([1, 3, 0, 2, 4]);
});

test('the next ones are read while one is looked at', async () => {
  const read: number[] = [];
  const data = dataOf((segment) => read.push(segment));
  for await (const [, part] of partsOf(data, SEGMENTS)) {
    expect(part.flags).toHaveLength(1);
    break;
  }
  expect(read).toEqual([0, 1, 2]);
});

test('what could not be read fails the scan, and is read again by the next', async () => {
  let isGone = true;
  const data = dataOf((segment) => {
    if (segment === 2 && isGone) throw new Error('gone');
  });
  await expect(scan(data, SEGMENTS)).rejects.toThrow('gone');
  isGone = false;
  expect(await scan(data, SEGMENTS)).toBe(5);
});
