import { expect, test } from 'vitest';
import { memo } from '../../src/util/memo.ts';

test('a text is read once', () => {
  const read: string[] = [];
  const length = memo((text) => {
    read.push(text);
    return text === '' ? undefined : text.length;
  });
  expect([length('cart'), length(''), length('cart'), length('')]).toEqual([4, undefined, 4, undefined]);
  expect(read).toEqual(['cart', '']);
});

test('of ever new texts not all are held', () => {
  let reads = 0;
  const number = memo((text) => {
    reads++;
    return Number(text);
  });
  for (let i = 0; i < 5000; i++) expect(number(String(i))).toBe(i);
  expect(number('0')).toBe(0);
  expect(reads).toBe(5001);
});
