import { expect, test } from 'vitest';
import { csvText, tabbedText } from '../../../src/ui/parts/csv.ts';

test('CSV quotes what would break a line or a field', () => {
  expect(
    csvText([
      ['a', 'b'],
      ['x,y', 'say "hi"\nthere'],
      [1.5, ''],
    ]),
  ).toBe('a,b\r\n"x,y","say ""hi""\nthere"\r\n1.5,\r\n');
});

test('what looks like a formula stays a text, a number stays a number', () => {
  expect(csvText([['=1+1', '@x', -3, '-x']])).toBe("'=1+1,'@x,-3,'-x\r\n");
});

test('for the clipboard, tabs and lines within a cell become spaces', () => {
  expect(
    tabbedText([
      ['a\tb', 'c\r\nd'],
      [1, 2],
    ]),
  ).toBe('a b\tc d\n1\t2');
});
