import { expect, test } from 'vitest';
import type { DatasetCounts } from '../../src/model/dataset.ts';
import { Notes } from '../../src/model/import-note.ts';
import { describeImport } from '../../src/state/describe-import.ts';
import { makeDataset } from '../support/fake-client.ts';

const SHOP = makeDataset();
const CLEAN_FILES = [{ ...SHOP.files[0], rejected: 0, notes: [] }];
const CLEAN = { ...withCounts({ rejected: 0, duplicates: 0 }), files: CLEAN_FILES };

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
  expect(
    told({ ...withCounts({ rejected: 0, duplicates: 0, spans: 1, traces: 1 }), files: CLEAN_FILES }, null)
      .text,
  ).toBe('1 span in 1 trace is ready.');
});

test('duplicates are told', () => {
  expect(told({ ...withCounts({ rejected: 0, duplicates: 3 }), files: CLEAN_FILES }, null).text).toBe(
    '1,200 spans in 40 traces are ready; 3 duplicates.',
  );
});

test('what was refused, rejected or cannot be stored is a warning that names file, place and reason', () => {
  const files = [...SHOP.files, { ...SHOP.files[0], name: 'page.html', refusal: 'This is an HTML page.' }];
  const { tone, text, details } = told({ ...SHOP, files, stored: false }, null);
  expect(tone).toBe('warning');
  expect(text).toBe(
    '1,200 spans in 40 traces are ready; 1 duplicate; 1 of 2 files could not be read; 2 records could not be read.',
  );
  expect(details).toEqual([
    'page.html: This is an HTML page.',
    'shop.json, line 12, byte 4,567 (2 records): A record is not JSON: a comma is missing.',
    'The data is kept in memory only and will not survive a reload.',
  ]);
});

test('each record that could not be read is named, the first of many one by one', () => {
  const notes = new Notes();
  for (let line = 1; line <= 8; line++)
    notes.note('row-length', 'rejected', `A row has ${line} fields, the header 9.`, {
      line,
      bytePosition: line * 10,
    });
  const files = [{ ...SHOP.files[0], name: 'table.csv', rejected: 8, notes: notes.list() }];
  const { tone, details } = told({ ...withCounts({ rejected: 8, duplicates: 0 }), files }, null);
  expect(tone).toBe('warning');
  expect(details).toEqual([
    'table.csv, line 1, byte 10: A row has 1 fields, the header 9.',
    'table.csv, line 2, byte 20: A row has 2 fields, the header 9.',
    'table.csv, line 3, byte 30: A row has 3 fields, the header 9.',
    'table.csv, line 4, byte 40: A row has 4 fields, the header 9.',
    'table.csv, line 5, byte 50: A row has 5 fields, the header 9.',
    'and 3 records more; the data summary says where and why.',
  ]);
});

test('what is no trace data is told by its reason, and is no warning', () => {
  const notes = new Notes();
  for (const line of [3, 7])
    notes.note('not-json', 'skipped', 'A line is neither JSON nor holds any.', { line, bytePosition: line });
  const files = [{ ...SHOP.files[0], rejected: 0, notes: notes.list() }];
  expect(told({ ...CLEAN, files }, null)).toMatchObject({
    tone: 'info',
    details: ['shop.json, first at line 3, byte 3 (2 records): A line is neither JSON nor holds any.'],
  });
});

test('errors whose span is nowhere are told with their file', () => {
  const counts = { spans: 1200, orphans: 2, traces: 40, services: 5 };
  const files = [{ ...SHOP.files[0], rejected: 0, notes: [], counts }];
  expect(told({ ...withCounts({ duplicates: 0, orphans: 2 }), files }, null)).toMatchObject({
    tone: 'warning',
    details: [
      'shop.json: 2 records of errors or events whose span is not in the data; drop the file with the spans, too.',
    ],
  });
});

test('times of 1970 are told with the first span that bears one', () => {
  const first = { name: 'GET /early', traceId: '00000000000000000000000000000003', start: 1_000_000n };
  const counts = { spans: 1200, traces: 40, services: 5, nearEpoch: { count: 2, first } };
  const files = [{ ...SHOP.files[0], rejected: 0, notes: [], counts }];
  const { tone, details } = told({ ...CLEAN, files }, null);
  expect(tone).toBe('info');
  expect(details).toEqual([
    expect.stringMatching(
      /^shop\.json: 2 spans start in 1970 \(the first “GET \/early” of trace 0{31}3, at 1970-01-01/,
    ),
  ]);
});

test('data without a single time says so', () => {
  expect(told({ ...CLEAN, range: null }, null)).toMatchObject({
    tone: 'info',
    details: ['No request bears a time: there is nothing to draw over time.'],
  });
});

test('a damaged wrapping is told, though no record of it could be counted', () => {
  const note = { effect: 'kept', count: 1, bytePosition: 9, line: null } as const;
  const message = 'The gzip data are damaged near byte 99 of the file; what comes after was not read.';
  const files = [{ ...SHOP.files[0], notes: [{ ...note, code: 'gzip-damaged', message }] }];
  expect(told({ ...CLEAN, files }, null)).toMatchObject({
    tone: 'warning',
    details: [`shop.json: ${message}`],
  });
});

test('of files that were added only what they brought is told', () => {
  const before = { ...SHOP, files: [{ ...SHOP.files[0], refusal: 'This is an HTML page.' }] };
  const now = { ...withCounts({ spans: 1300, duplicates: 5 }), files: [...before.files, ...SHOP.files] };
  expect(told(now, before)).toMatchObject({
    text: '100 spans added, 4 duplicates.',
    details: ['shop.json, line 12, byte 4,567 (2 records): A record is not JSON: a comma is missing.'],
  });
});

test('a file of nothing but duplicates says so', () => {
  expect(told(withCounts({ duplicates: 548 }), SHOP).text).toBe(
    'Nothing new: 547 duplicates of spans that were there.',
  );
});
