import { fireEvent, screen } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { describePlace, Notes } from '../../../src/model/import-note.ts';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import { renderApp } from '../render-app.tsx';

const SHOP = makeDataset();
const show = (dataset = SHOP) =>
  renderApp(makeFakeClient({ datasets: [dataset] }), `#/summary?data=${dataset.fingerprint}`);

test('the totals are written as a sum', async () => {
  await show();
  expect(screen.getByLabelText('Totals').textContent?.replace(/[=+]/g, '')).toMatch(
    /1,203 records read equals 1,200 spans plus 1 duplicate plus 2 rejected/,
  );
  expect(screen.queryByRole('alert')).toBeNull();
});

test('totals that do not add up are not hidden', async () => {
  await show({ ...SHOP, counts: { ...SHOP.counts, records: 1300 } });
  expect(screen.getByRole('alert').textContent).toContain('1,203 instead of 1,300');
});

test('a file says what it was, what was not read, why, and where', async () => {
  await show();
  const report = screen.getByRole('article').textContent ?? '';
  expect(report).toContain('gzip → OTLP/JSON');
  expect(report).toContain('A record is not JSON: a comma is missing.');
  expect(report).toContain('at line 12, byte 4,567');
});

test('each record that was left out is named with its place and its reason', async () => {
  const notes = new Notes();
  notes.note('row-length', 'rejected', 'A row has 2 fields, the header 9.', { line: 4, bytePosition: 90 });
  notes.note('row-length', 'rejected', 'A row has 3 fields, the header 9.', { line: 6, bytePosition: 120 });
  await show({ ...SHOP, files: [{ ...SHOP.files[0], notes: notes.list() }] });
  const details = screen.getByText(/Each of them, with its place/).closest('details');
  if (!details) throw new Error('no list');
  details.open = true;
  fireEvent(details, new Event('toggle'));
  const lines = [...details.querySelectorAll('li')].map((line) => line.textContent);
  expect(lines).toEqual([
    'line 4, byte 90: A row has 2 fields, the header 9.',
    'line 6, byte 120: A row has 3 fields, the header 9.',
  ]);
});

test('a file that is no trace says why', async () => {
  const refused = { ...SHOP.files[0], format: null, refusal: 'This is a HAR file.', notes: [] };
  await show({ ...SHOP, files: [refused] });
  expect(screen.getByRole('article').textContent).toContain('not a trace file');
  expect(screen.getByRole('article').textContent).toContain('This is a HAR file.');
});

test('requests that start at one instant have no length of time', async () => {
  await show({ ...SHOP, range: { from: 1_700_000_000_000_000_000n, to: 1_700_000_000_000_000_001n } });
  expect(screen.getByText(/^all at 2023-11-1\d/)).toBeTruthy();
});

test('it says where the data is kept', async () => {
  await show({ ...SHOP, stored: false });
  expect(screen.getByText('in memory only: it does not survive a reload')).toBeTruthy();
});

test.each([
  [{ line: null, bytePosition: null }, ''],
  [{ line: 3, bytePosition: null }, 'line 3'],
  [{ line: null, bytePosition: 12000 }, 'byte 12,000'],
])('the place %j is told as far as it is known', (place, text) => expect(describePlace(place)).toBe(text));
