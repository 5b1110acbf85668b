import { expect, test } from 'vitest';
import { joinPieces, splitPieces, storedBytes } from '../../src/store/pieces.ts';

const table = {
  count: 3,
  range: { from: 1n, to: 9n },
  starts: Float64Array.from({ length: 1000 }, (_, i) => i),
  empty: new Uint8Array(0),
  names: Array.from({ length: 150_000 }, (_, i) => `name ${i}`),
  none: [],
  chains: { parents: Int32Array.of(-1, 0, 1), byName: new Map([['a', 1]]) },
  nothing: null,
};

test('a table survives being cut and joined', () => {
  const pieces = [...splitPieces(table, 64)];
  expect(joinPieces(structuredClone(pieces))).toEqual(table);
});

test('no piece of a column is larger than the limit', () => {
  const sizes = [...splitPieces(table.starts, 64)].map((piece) => storedBytes(piece.value));
  expect(Math.max(...sizes)).toBe(64);
  expect(sizes).toHaveLength(125);
});

test('a column that is a view of a larger buffer is stored without the rest of the buffer', () => {
  const view = new Uint8Array(1000).subarray(10, 14);
  const [piece] = splitPieces({ view });
  expect((piece.value as Uint8Array).buffer.byteLength).toBe(4);
});

test('a key called __proto__ is a key', () => {
  const owner: unknown = JSON.parse('{"__proto__": {"polluted": 1}, "b": 2}');
  const joined = joinPieces([...splitPieces(owner)]);
  expect(JSON.stringify(joined)).toBe('{"__proto__":{"polluted":1},"b":2}');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
