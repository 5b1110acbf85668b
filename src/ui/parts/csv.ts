/** Tables as text for other programs (RFC 4180; tab-separated for the clipboard). */

export type CsvCell = string | number;

/** Lines end in CRLF. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

/** As spreadsheets take it from the clipboard. */
export function tabbedText(rows: readonly (readonly CsvCell[])[]): string {
  return rows
    .map((row) => row.map((cell) => harmless(cell).replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}

function csvField(cell: CsvCell): string {
  const text = harmless(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A leading = + - @ would run as a formula in a spreadsheet: an apostrophe keeps the text a text. */
function harmless(cell: CsvCell): string {
  if (typeof cell === 'number') return String(cell);
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
