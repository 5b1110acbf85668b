import { expect, test } from 'vitest';
import { growableU32 } from '../../src/columns/growable.ts';

test('room is made once for as many as are expected', () => {
  const column = growableU32(4);
  column.append(Uint32Array.of(1, 2, 3, 4, 5), 12);
  const { values } = column;
  expect(values).toHaveLength(12);
  column.append(Uint32Array.of(6, 7, 8, 9, 10), 14);
  expect(column.values).toBe(values);
  expect([...column.seal()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('an expectation that no memory could hold is not taken at its word', () => {
  const column = growableU32(2);
  column.append(Uint32Array.of(1, 2, 3), 1e15);
  expect(column.values.length).toBeLessThan(100);
  expect([...column.seal()]).toEqual([1, 2, 3]);
});

test('more than expected fit as well', () => {
  const column = growableU32(2);
  column.append(Uint32Array.of(1, 2, 3, 4), 2);
  for (let i = 5; i <= 100; i++) column.push(i);
  expect([...column.view()]).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
});
