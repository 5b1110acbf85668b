import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packColumns, unpackColumns } from '../../src/store/packed-columns.ts';
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
