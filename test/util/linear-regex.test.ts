import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRegex } from '../../src/util/linear-regex.ts';

function matches(pattern: string, text: string): boolean {
  const compiled = compileRegex(pattern);
  if ('error' in compiled) throw new Error(`${pattern}: ${compiled.error}`);
  return compiled.matches(text);
}

const { pattern: patterns } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('atom'),
    fc.array(tie('pattern'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }).map((parts) => `(?:${parts.join('|')})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?', '+?'))
      .map(([part, count]) => `(${part})${count}`),
  ),
  atom: fc.constantFrom(
    'a',
    'b',
    'c',
    '.',
    '[ab]',
    '[^a]',
    '[a-c-]',
    '\\w',
    '\\D',
    '\\.',
    '\\b',
    '^',
    '$',
    'é',
    '😀',
    '',
  ),
}));
const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'A', '1', '.', '-', ' ', 'é', '😀', '\n'), {
  maxLength: 8,
});

describe('a regular expression', () => {
  test('matches what JavaScript matches over the whole text', () => {
    let matched = 0;
    fc.assert(
      fc.property(patterns, texts, (pattern, parts) => {
        const text = parts.join('');
        const expected = new RegExp(`^(?:${pattern})$`, 'su').test(text);
        expect(matches(pattern, text)).toBe(expected);
        if (expected && text !== '') matched++;
      }),
      { numRuns: 3000 },
    );
    expect(matched).toBeGreaterThan(100);
  });

  test('gives the same answer when it is asked again', () => {
    fc.assert(
      fc.property(patterns, fc.array(texts, { minLength: 2, maxLength: 6 }), (pattern, all) => {
        const compiled = compileRegex(pattern);
        if ('error' in compiled) throw new Error(compiled.error);
        for (const parts of all) {
          const text = parts.join('');
          expect(compiled.matches(text)).toBe(matches(pattern, text));
        }
      }),
    );
  });

  test.each([
    ['(?i)get /CART', 'GET /cart', true],
    ['a(?i:B)c', 'abc', true],
    ['a(?i:B)c', 'abC', false],
    ['(?i)[^a]', 'A', false],
    ['x|(?i)y|z', 'Z', true],
    ['(?P<id>\\d+)-(?:x|y)', '12-y', true],
    ['\\pL+', 'straße', true],
    ['\\p{Greek}+', 'αβγ', true],
    ['\\PL', 'a', false],
    ['[]a]+', ']a', true],
    ['a{2', 'a{2', true],
    ['\\x41\\x{1F600}', 'A😀', true],
    ['\\/api\\/', '/api/', true],
    ['', '', true],
    ['\\Ab\\z', 'b', true],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test.each([
    ['a(b', 1],
    ['a)b', 1],
    ['ab[c', 2],
    ['*a', 0],
    ['a**', 2],
    ['[b-a]', 1],
    ['(?=a)b', 0],
    ['(a)\\1', 3],
    ['[[:alpha:]]', 1],
    ['x\\p{Nope}', 1],
    ['a{2000}', 0],
    ['((a{100}){100}){100}', 0],
    ['\\', 0],
  ])('%s is refused, and the place is told', (pattern, at) => {
    expect(compileRegex(pattern)).toEqual({ error: expect.any(String), at });
  });

  test('ends where JavaScript would not: every step is a bounded piece of work', () => {
    let reads = 0;
    class Counted extends String {
      override codePointAt(at: number): number | undefined {
        reads++;
        return super.codePointAt(at);
      }
    }
    const compiled = compileRegex('(a+)+(a|a)*b');
    if ('error' in compiled) throw new Error(compiled.error);
    const text = 'a'.repeat(5000);
    expect(compiled.matches(new Counted(text) as unknown as string)).toBe(false);
    expect(reads).toBeLessThan(2 * text.length);
  });
});
