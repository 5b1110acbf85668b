import { expect, test } from 'vitest';
import type { DatasetCounts } from '../../src/model/dataset.ts';
import { describeImport } from '../../src/state/describe-import.ts';
import { makeDataset } from '../support/fake-client.ts';

const SHOP = makeDataset();
const CLEAN = withCounts({ rejected: 0, duplicates: 0 });

function withCounts(counts: Partial<DatasetCounts>): typeof SHOP {
  return { ...SHOP, counts: { ...SHOP.counts, ...counts } };
}

function told(...given: Parameters<typeof describeImport>): ReturnType<typeof describeImport> {
  const { tone, text, details } = describeImport(...given);
  const plain = (sentence: string) => sentence.replaceAll('\u00a0', ' ');
  return { tone, text: plain(text), details: details.map(plain) };
}

test('a clean import is told in one sentence', () => {
  expect(told(CLEAN, null)).toEqual({
    tone: 'done',
    text: '1,200 spans in 40 traces are ready.',
    details: [],
  });
});

test('one span is one', () => {
  expect(told(withCounts({ rejected: 0, duplicates: 0, spans: 1, traces: 1 }), null).text).toBe(
    '1 span in 1 trace is ready.',
  );
});

test('duplicates are told', () => {
  expect(told(withCounts({ rejected: 0, duplicates: 3 }), null).text).toBe(
    '1,200 spans in 40 traces are ready; 3 duplicates.',
  );
});

test('what was refused, rejected or cannot be stored is told with it', () => {
  const files = [...SHOP.files, { ...SHOP.files[0], name: 'page.html', refusal: 'This is an HTML page.' }];
  const { tone, details } = told({ ...SHOP, files, stored: false }, null);
  expect(tone).toBe('problem');
  expect(details).toEqual([
    'page.html: This is an HTML page.',
    '2 records could not be read; the data summary says where and why.',
    'The data is kept in memory only and will not survive a reload.',
  ]);
});

test('a damaged wrapping is told, though no record of it could be counted', () => {
  const note = { effect: 'kept', count: 1, bytePosition: 9, line: null } as const;
  const message = 'The gzip data are damaged near byte 99 of the file; what comes after was not read.';
  const files = [{ ...SHOP.files[0], notes: [{ ...note, code: 'gzip-damaged', message }] }];
  expect(told({ ...CLEAN, files }, null)).toMatchObject({
    tone: 'problem',
    details: [`shop.json: ${message}`],
  });
});

test('of files that were added only what they brought is told', () => {
  const before = { ...SHOP, files: [{ ...SHOP.files[0], refusal: 'This is an HTML page.' }] };
  const now = { ...withCounts({ spans: 1300, duplicates: 5 }), files: [...before.files, ...SHOP.files] };
  expect(told(now, before)).toEqual({ tone: 'done', text: '100 spans added, 4 duplicates.', details: [] });
});

test('a file of nothing but duplicates says so', () => {
  expect(told(withCounts({ duplicates: 548 }), SHOP).text).toBe(
    'Nothing new: 547 duplicates of spans that were there.',
  );
});
