/** How files were read: what is said of them, and how people correct it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { otlpLines } from '../support/trace-files.ts';
import { accessibilityProblems } from './accessibility.ts';
import { dropFiles, expect, settled, test } from './app-page.ts';
import { goTo } from './actions.ts';
import { SHOP } from './shop.ts';

const TRACE = '5b8efff798038103d269b633813fc60c';

/** Columns that nobody can guess. */
function oddTable(name: string): { name: string; content: string } {
  const rows = [
    ['Vorgang', 'Schritt', 'davor', 'Beginn', 'ms', 'System', 'Aufruf'],
    [TRACE, 'a000000000000001', '', '2024-05-01T12:51:30.000Z', '500', 'shop', 'GET /'],
    [TRACE, 'b000000000000002', 'a000000000000001', '2024-05-01T12:51:30.100Z', '200', 'cart', 'load'],
  ];
  return { name, content: rows.map((row) => row.join(';')).join('\n') };
}

test('a table of unknown columns is mapped by hand, and the next of its shape without asking', async ({
  page,
  openApp,
}) => {
  await openApp();
  await dropFiles(page, [oddTable('export.csv')]);
  const dialog = page.getByRole('dialog', { name: /How .* read/ });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByText('Still missing: trace id, span id, start time')).toBeVisible();
  await expect(dialog.getByRole('table', { name: 'First rows of export.csv' })).toContainText(
    'a000000000000001',
  );
  expect(await accessibilityProblems(page)).toEqual([]);
  const again = dialog.getByRole('button', { name: 'Read again' });
  await expect(again).toBeDisabled();
  for (const [role, column] of [
    ['trace id', 'Vorgang'],
    ['span id (needed)', 'Schritt'],
    ['parent span id', 'davor'],
    ['start time', 'Beginn'],
    ['duration', 'ms'],
    ['service', 'System'],
    ['span name', 'Aufruf'],
  ]) {
    await dialog.getByLabel(role).first().selectOption(column);
  }
  await dialog.getByLabel('unit of the duration').selectOption('milliseconds');
  await again.click();
  await expect(page.getByRole('link', { name: 'cart' }).first()).toBeVisible();
  await expect(page.getByText('This is a table, but no column')).toHaveCount(0);

  await dropFiles(page, [oddTable('next.csv')]);
  const open = page.getByRole('combobox', { name: 'Dataset' }).locator('option:checked');
  await expect(open).toHaveText('next.csv');
  await expect(page.getByRole('heading', { name: 'Services' })).toBeVisible();
  await expect(dialog).toBeHidden();
  await goTo(page, '#/summary');
  await page.getByRole('button', { name: 'How the file was read' }).click();
  await expect(dialog.getByText('columns that you have mapped')).toBeVisible();
});

test('the columns of a Parquet file are mapped by hand', async ({ page, openApp }) => {
  await openApp();
  const path = fileURLToPath(new URL('../samples/parquet/columns-to-map.parquet', import.meta.url));
  await dropFiles(page, [{ name: 'export.parquet', content: readFileSync(path) }]);
  const dialog = page.getByRole('dialog', { name: /How .* read/ });
  await expect(dialog.getByText('Still missing: trace id, span id, start time')).toBeVisible();
  for (const [role, column] of [
    ['trace id', 'Vorgang'],
    ['span id (needed)', 'Schritt'],
    ['parent span id', 'Vorgänger'],
    ['start time', 'Beginn'],
    ['duration', 'Dauer'],
    ['service', 'Dienst'],
  ]) {
    await dialog.getByLabel(role).first().selectOption(column);
  }
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByRole('link', { name: 'api' }).first()).toBeVisible();
});

test('what was recognised is told with its evidence; another format can be chosen', async ({
  page,
  openApp,
}) => {
  await openApp();
  await dropFiles(page, [{ name: 'shop.jsonl', content: otlpLines(SHOP) }]);
  await settled(page);
  await goTo(page, '#/summary');
  const open = page.getByRole('button', { name: 'How the file was read' });
  await open.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'How the file was read' });
  await expect(dialog.getByText('Its first records have the key “resourceSpans”.')).toBeVisible();
  await expect(dialog.getByText('OTLP/JSON', { exact: true }).first()).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();

  await open.click();
  await dialog.getByLabel('Read as').selectOption('OTLP/JSON');
  await dialog.getByRole('button', { name: 'Read again' }).click();
  await settled(page);
  await open.click();
  await expect(dialog.getByText('You chose this format.')).toBeVisible();
});
