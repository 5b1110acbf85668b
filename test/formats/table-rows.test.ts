import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { RowSplitter, type TableDialect } from '../../src/formats/table-rows.ts';
import { encodeText } from '../../src/util/bytes.ts';

const CSV: TableDialect = { separator: ',', quoted: true, escaped: false };

interface Split {
  readonly rows: string[][];
  readonly positions: number[];
  readonly broken: number[];
}

function split(text: string, dialect = CSV, chunkBytes = Infinity, longestRow?: number): Split {
  const found: Split = { rows: [], positions: [], broken: [] };
  const splitter = new RowSplitter(
    dialect,
    {
      row: (fields, position) => {
        found.rows.push(fields);
        found.positions.push(position);
      },
      openRow: () => false,
      brokenRow: (position) => found.broken.push(position),
    },
    0,
    longestRow,
  );
  const bytes = encodeText(text);
  const step = Math.min(chunkBytes, bytes.length || 1);
  for (let at = 0; at < bytes.length; at += step) splitter.push(bytes.subarray(at, at + step));
  splitter.finish();
  return found;
}

describe('rows of a table', () => {
  test('may have line breaks, separators and doubled quotes within quotes', () => {
    expect(split('a,"b\r\n""c"", d",e\r\nf,,\n').rows).toEqual([
      ['a', 'b\r\n"c", d', 'e'],
      ['f', '', ''],
    ]);
  });

  test('a quote within a field that does not begin with one is just a character', () => {
    expect(split('5" disk,b\nc,d').rows).toEqual([
      ['5" disk', 'b'],
      ['c', 'd'],
    ]);
  });

  test('know where they begin, in bytes', () => {
    expect(split('ä,b\n\nc,d\n').positions).toEqual([0, 6]);
  });

  test('a quote that is never closed costs its line, not the rows after it', () => {
    const found = split('a,b\nc,"d\ne,f\n');
    expect(found.rows).toEqual([
      ['a', 'b'],
      ['e', 'f'],
    ]);
    expect(found.broken).toEqual([4]);
  });

  test('a row longer than allowed is given up before the file ends', () => {
    const found = split(`a,"${'x'.repeat(100)}\nc,d\n`, CSV, 16, 50);
    expect(found.broken).toEqual([0]);
    expect(found.rows).toEqual([['c', 'd']]);
  });

  test('ClickHouse’s TSV has escapes and no quotes', () => {
    const dialect: TableDialect = { separator: '\t', quoted: false, escaped: true };
    expect(split(`"a\\tb\\n\t\\N\t{'k':'it\\'s'}\n`, dialect).rows).toEqual([
      ['"a\tb\n', '', `{'k':'it\\'s'}`],
    ]);
  });

  test('any fields survive quoting, however the bytes are cut', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é', ' ') });
    const row = fc.array(field, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, chunk) => {
          const text = rows
            .map((fields) => fields.map((f) => `"${f.replaceAll('"', '""')}"`).join(','))
            .join('\r\n');
          expect(split(text, CSV, chunk).rows).toEqual(rows);
        },
      ),
    );
  });

  test('any bytes are read to their end', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '"', ',', '\n') }),
        fc.integer({ min: 1, max: 5 }),
        (text, chunk) => {
          expect(split(text, CSV, chunk)).toEqual(split(text));
        },
      ),
    );
  });
});
