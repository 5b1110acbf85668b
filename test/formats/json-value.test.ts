import { expect, test } from 'vitest';
import { type EncodedText, parseExactly, parseTextExactly, valueAt } from '../../src/formats/json-value.ts';

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

test('Python’s words for what is no number come as text', () => {
  expect(parseTextExactly('{"a":NaN,"b":[-Infinity],"c":":NaN,"}')).toEqual({
    a: 'NaN',
    b: ['-Infinity'],
    c: ':NaN,',
  });
  expect(() => parseTextExactly('{"a":Nope}')).toThrow(SyntaxError);
});

test('only own values are found', () => {
  expect(valueAt({ a: { b: 1 } }, 'a', 'b')).toBe(1);
  expect(valueAt({}, 'constructor', 'name')).toBeUndefined();
  expect(valueAt([1], 'length')).toBeUndefined();
  expect(valueAt(parseTextExactly('{"__proto__":{"x":2}}'), '__proto__', 'x')).toBe(2);
  expect(valueAt(null, 'a')).toBeUndefined();
});

function encoded(text: string, before = '', after = ''): EncodedText {
  const bytes = new TextEncoder().encode(before + text + after);
  return { bytes, from: before.length, to: bytes.length - after.length, text };
}

test('a long integer is found wherever it stands, and a time in µs stays a number', () => {
  const times = '{"us":1714567890123456,"ns":1714567890123456789,"most":9123456789012345}';
  expect(parseExactly(encoded(times))).toEqual({
    us: 1_714_567_890_123_456,
    ns: '1714567890123456789',
    most: '9123456789012345',
  });
  expect(parseExactly(encoded('{"most":9123456789012345}'))).toEqual({ most: '9123456789012345' });
  for (let before = 0; before < 40; before++) {
    const text = `[{"${'k'.repeat(before)}":9007199254740993,"n":123456789012345}]`;
    expect(parseExactly(encoded(text, '7', '8'))).toEqual([
      { ['k'.repeat(before)]: '9007199254740993', n: 123_456_789_012_345 },
    ]);
  }
});

test('texts beyond ASCII stay as they are around long integers, and a document that is one is a number', () => {
  const document = encoded('{"ö→":"€","id":18446744073709551615,"n":"🚂"}', '  ', '\n');
  expect(parseExactly(document)).toEqual({ 'ö→': '€', id: '18446744073709551615', n: '🚂' });
  expect(parseTextExactly(' 10000000000000000000 ')).toBe(1e19);
});
