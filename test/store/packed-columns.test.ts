import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packColumns, packedBytes, unpackColumns } from '../../src/store/packed-columns.ts';
import { StoreError } from '../../src/store/store-error.ts';

const table = {
  version: 3,
  flags: Uint8Array.of(1, 2, 3),
  starts: Uint32Array.of(1, 0xffffffff),
  durations: Float64Array.of(NaN, 0.5, -0),
  instants: BigUint64Array.of(2n ** 64n - 1n),
  texts: { bytes: Uint8Array.of(7), ends: new Uint32Array(0) },
  names: ['a', 'b'],
  weights: null,
};

test('what was packed is unpacked', async () => {
  expect(await unpackColumns(packColumns(table))).toEqual(table);
});

test('columns of any width and length come back as they were', async () => {
  const column = fc.oneof(
    fc.uint8Array(),
    fc.uint16Array(),
    fc.int32Array(),
    fc.uint32Array(),
    fc.int32Array({ min: -200, max: 200 }),
    fc.uint32Array({ max: 300 }),
    fc.float64Array(),
    fc.bigUint64Array(),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), column, { noNullPrototype: true }), async (columns) => {
      fc.pre(Object.keys(columns).length > 0);
      expect(await unpackColumns(packColumns(columns))).toEqual(columns);
    }),
  );
});

test('numbers are stored in as few bytes as the largest of them needs', async () => {
  for (const [most, bytes] of [
    [255, 1],
    [256, 2],
    [65_535, 2],
    [65_536, 4],
    [2 ** 32 - 1, 4],
  ]) {
    const packed = packColumns({ column: Uint32Array.of(0, most) });
    expect([most, packed.packed.bytes.size]).toEqual([most, 2 * bytes]);
    expect(packedBytes({ column: Uint32Array.of(0, most) })).toBe(2 * bytes);
    expect(await unpackColumns(packed)).toEqual({ column: Uint32Array.of(0, most) });
  }
  for (const [number, bytes] of [
    [-1, 1],
    [127, 1],
    [-128, 1],
    [128, 2],
    [-129, 2],
    [-32_768, 2],
    [32_768, 4],
    [-32_769, 4],
  ]) {
    const packed = packColumns({ column: Int32Array.of(0, number) });
    expect([number, packed.packed.bytes.size]).toEqual([number, 2 * bytes]);
    expect(packedBytes({ column: Int32Array.of(0, number) })).toBe(2 * bytes);
    expect(await unpackColumns(packed)).toEqual({ column: Int32Array.of(0, number) });
  }
});

test('what an earlier version stored, each column as it was, is read', async () => {
  const { packed, rest } = packColumns({ column: Uint8Array.of(1, 2) });
  const columns = packed.columns.map(({ path, type, at, length }) => ({ path, type, at, length }));
  expect(await unpackColumns({ packed: { ...packed, columns }, rest })).toEqual({
    column: Uint8Array.of(1, 2),
  });
});

test('a column may be given away once it is packed', async () => {
  const starts = Uint32Array.of(1, 2, 3);
  const packed = packColumns({ starts });
  structuredClone(starts, { transfer: [starts.buffer] });
  expect(await unpackColumns(packed)).toEqual({ starts: Uint32Array.of(1, 2, 3) });
});

test('a view of a larger buffer is packed without the rest of it', () => {
  const view = new Uint8Array(1000).subarray(10, 14);
  expect(packColumns({ view }).packed.bytes.size).toBe(4);
});

test('bytes that the browser no longer has make the dataset a damaged one', async () => {
  const { packed, rest } = packColumns(table);
  packed.bytes.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  const failure: unknown = await unpackColumns({ packed, rest }).catch((cause: unknown) => cause);
  expect(failure).toBeInstanceOf(StoreError);
  expect(failure).toMatchObject({ code: 'damaged', message: expect.stringContaining('gone') as string });
});
