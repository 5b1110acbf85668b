import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsLines } from '../../src/util/js-lines.ts';
import { type JsLiteral, parseJsLiteral } from '../../src/util/js-literal.ts';

const scalar = fc.oneof(fc.string(), fc.constantFrom("it's", 'a: {', 'x,', '}'), fc.integer(), fc.boolean());
const key = fc.oneof(fc.constantFrom('name', 'http.route', '__proto__', '1', "it's"), fc.string());
const { object } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
  object: fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 6 }),
}));

function linesOf(value: unknown, breakLength: number): string[] {
  return inspect(value, { depth: null, breakLength, compact: 1, maxArrayLength: null }).split('\n');
}

/** undefined: they are no literal. */
function literalOf(lines: readonly string[]): JsLiteral | undefined {
  try {
    return parseJsLiteral(lines.join('\n'));
  } catch {
    return undefined;
  }
}

/** How many of them are read; those say what the parser of the whole text says. */
function readLines(all: fc.Arbitrary<readonly string[]>): number {
  let read = 0;
  fc.assert(
    fc.property(all, (lines) => {
      const found = parseJsLines(lines);
      if (found === null) return;
      read++;
      expect(JSON.stringify(found)).toBe(JSON.stringify(literalOf(lines)));
    }),
    { numRuns: 500 },
  );
  return read;
}

test('lines say what the text of them says, or are left to its parser', () => {
  const printed = fc
    .tuple(object, fc.integer({ min: 5, max: 60 }))
    .map(([written, breakLength]) => linesOf(written, breakLength))
    .filter((lines) => lines.length > 1);
  expect(readLines(printed)).toBeGreaterThan(50);
});

test('lines that are missing or there twice are not read as what they do not say', () => {
  const damaged = fc
    .tuple(object, fc.nat(), fc.boolean())
    .map(([written, at, twice]) => ({ lines: linesOf(written, 20), at, twice }))
    .filter(({ lines }) => lines.length > 2)
    .map(({ lines, at, twice }) => {
      const place = 1 + (at % (lines.length - 1));
      return lines.toSpliced(place, 1, ...(twice ? [lines[place], lines[place]] : []));
    });
  expect(readLines(damaged)).toBeGreaterThan(20);
});

describe('what spans are printed as', () => {
  test('is read a line at a time', () => {
    const text = `Span {
  attributes: { 'http.route': '/a', n: 2 },
  _spanContext: {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    traceState: undefined
  },
  resource: Resource {
    list: [
      { a: 1 },
      'x'
    ]
  },
  startTime: [ 1714567890, 5 ]
}`;
    expect(parseJsLines(text.split('\n'))).toEqual(parseJsLiteral(text));
  });

  test.each([
    ['pieces of a text', "{\n  a: 'x' +\n    'y'\n}"],
    ['what was cut off', '{\n  a: [\n    1,\n    ... 2 more items\n  ]\n}'],
    ['a map', "{\n  a: Map(1) {\n    'b' => 1\n  }\n}"],
    ['commas that are missing', '{\n  a: 1\n  b: 2\n}'],
    ['a bracket of another kind', '{\n  a: 1\n]'],
    ['an object that does not end', '{\n  a: {\n  }'],
    ['more after its end', '{\n  a: 1\n}\n}'],
    ['other blanks than those of Node', '{\n  a: 1\u00a0\n}'],
  ])('but %s', (_, text) => {
    expect(parseJsLines(text.split('\n'))).toBeNull();
  });
});
