import { expect, test } from 'vitest';
import { parseTextExactly } from '../../src/formats/parse-text.ts';

test('integers that a double cannot hold come as text, all others as numbers', () => {
  expect(
    parseTextExactly(
      '{"a":18446744073709551615,"b":[-12345678901234567 , 1, 1234567890123456],"c":0.1234567890123456789}',
    ),
  ).toEqual({
    a: '18446744073709551615',
    b: ['-12345678901234567', 1, 1_234_567_890_123_456],
    c: 0.123_456_789_012_345_68,
  });
  expect(parseTextExactly(' 10000000000000000000 ')).toBe('10000000000000000000');
});

test('a long integer is found wherever it stands, and a time in µs stays a number', () => {
  expect(
    parseTextExactly(
      '{"us":1714567890123456,"ns":1714567890123456789,"most":9123456789012345,"s":1714567890.123456}',
    ),
  ).toEqual({
    us: 1_714_567_890_123_456,
    ns: '1714567890123456789',
    most: '9123456789012345',
    s: 1_714_567_890.123_456,
  });
});

test('digits within texts stay, whatever is escaped before them', () => {
  const value = {
    'k\\"': 'at [12345678901234567, 1] :12345678901234567,',
    '\\': 'x',
    n: '\\\\",12345678901234567]',
  };
  expect(parseTextExactly(JSON.stringify(value))).toEqual(value);
  expect(parseTextExactly('{"\\\\":9234567890123456,"t":"\\\\"}')).toEqual({
    '\\': '9234567890123456',
    t: '\\',
  });
});

test('words for what is no number, and what only looks like one, come as text', () => {
  expect(parseTextExactly('{"a":NaN,"b":[-Infinity],"c":":NaN,","d":007,"e":[1.,-0,12ab]}')).toEqual({
    a: 'NaN',
    b: ['-Infinity'],
    c: ':NaN,',
    d: '007',
    e: ['1.', -0, '12ab'],
  });
});

test.each(['', '{"a":Nope}', '{"a":1', '{"a" 1}', '[1 2]', '{} x', '-', '"a', '{"a":"\n"}'])(
  '%j is no JSON',
  (text) => {
    expect(() => parseTextExactly(text)).toThrow(SyntaxError);
  },
);

test('a number of very many digits is a text', () => {
  const digits = '1'.repeat(3_000_000);
  expect(parseTextExactly(`{"n":${digits},"m":1}`)).toEqual({ n: digits, m: 1 });
  expect(parseTextExactly(`[0.${'3'.repeat(300)}]`)).toEqual([1 / 3]);
});

test('a comma before a closing bracket is let through, as people leave it', () => {
  expect(parseTextExactly('{"a":[1,2,],}')).toEqual({ a: [1, 2] });
});

test('a text of any size is read, and what is nested without end is cut', () => {
  const long = { list: Array.from({ length: 20_000 }, (_, n) => ({ n, text: `text ${n}` })) };
  expect(parseTextExactly(JSON.stringify(long))).toEqual(long);
  const depth = 100_000;
  const cut = JSON.stringify(parseTextExactly('['.repeat(depth) + ']'.repeat(depth)));
  expect(cut).toMatch(/^\[{512}"…"\]{512}$/);
});
