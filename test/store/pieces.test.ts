import { expect, test } from 'vitest';
import { joinPieces, splitPieces } from '../../src/store/pieces.ts';

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
  const pieces = [...splitPieces(table)];
  expect(joinPieces(structuredClone(pieces))).toEqual(table);
});

test('no piece of a list is larger than the limit', () => {
  const lengths = [...splitPieces(table.names)].map((piece) => (piece.value as string[]).length);
  expect(lengths).toEqual([65_536, 65_536, 18_928]);
});

test('a column that was cut is joined: older versions did', () => {
  const pieces = [0, 400, 800].map((from) => ({
    path: ['starts'],
    from,
    total: 1000,
    value: table.starts.slice(from, from + 400),
  }));
  expect(joinPieces(pieces)).toEqual({ starts: table.starts });
});

test('a key called __proto__ is a key', () => {
  const owner: unknown = JSON.parse('{"__proto__": {"polluted": 1}, "b": 2}');
  const joined = joinPieces([...splitPieces(owner)]);
  expect(JSON.stringify(joined)).toBe('{"__proto__":{"polluted":1},"b":2}');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
