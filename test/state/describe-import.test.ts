import { expect, test } from 'vitest';
import { describeImport } from '../../src/state/describe-import.ts';
import { makeDataset } from '../support/fake-client.ts';

const SHOP = makeDataset();
const clean = { ...SHOP, counts: { ...SHOP.counts, rejected: 0 } };

test('a clean import is told in one sentence', () => {
  const { tone, text, details } = describeImport(clean);
  expect({ tone, text: text.replaceAll('\u00a0', ' '), details }).toEqual({
    tone: 'done',
    text: '1,200 spans in 40 traces are ready.',
    details: [],
  });
});

test('what was refused, rejected or cannot be stored is told with it', () => {
  const files = [...SHOP.files, { ...SHOP.files[0], name: 'page.html', refusal: 'This is an HTML page.' }];
  const { tone, details } = describeImport({ ...SHOP, files, stored: false });
  expect(tone).toBe('problem');
  expect(details.map((detail) => detail.replaceAll('\u00a0', ' '))).toEqual([
    'page.html: This is an HTML page.',
    '2 records could not be read; the data summary says where and why.',
    'The data is kept in memory only and will not survive a reload.',
  ]);
});
