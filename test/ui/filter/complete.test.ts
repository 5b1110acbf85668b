import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  narrowSuggestions,
  placeAt,
  suggestComparisons,
  suggestOwnValues,
  withSuggestion,
} from '../../../src/ui/filter/complete.ts';

/** `|` is the cursor. What is expected there, and what of it is typed: `field:dur`. */
function expectedAt(marked: string): string {
  const cursor = marked.indexOf('|');
  const place = placeAt(marked.replace('|', ''), cursor);
  return place === null ? 'nothing' : `${place.expected.kind}:${place.typed}`;
}

/** The text after the suggestion is taken, with the cursor. */
function taken(marked: string, text: string): string {
  const cursor = marked.indexOf('|');
  const plain = marked.replace('|', '');
  const place = placeAt(plain, cursor);
  if (place === null) throw new Error('nothing can be completed there');
  const next = withSuggestion(plain, place, { text, detail: '' });
  return `${next.text.slice(0, next.at)}|${next.text.slice(next.at)}`;
}

describe('what is expected at the cursor', () => {
  test.each([
    ['|', 'field:'],
    ['{ |', 'field:'],
    ['dur|', 'field:dur'],
    ['dur|ation > 5ms', 'field:dur'],
    ['span.http|', 'field:span.http'],
    ['span.|', 'field:span.'],
    ['request:|', 'field:request:'],
    ['.|', 'field:.'],
    ['duration |', 'comparison:'],
    ['duration >= |', 'value:'],
    ['duration >=|', 'value:'],
    ['duration >= 2|', 'value:2'],
    ['.a = "ca|', 'value:ca'],
    ['.a = "ca|rt" && .b = 1', 'value:ca'],
    ['status = er|', 'value:er'],
    ['.a = 1 |', 'connective:'],
    ['(.a = 1) |', 'connective:'],
    ['.a = 1 && |', 'field:'],
    ['.a = 1 && !|', 'field:'],
    ['{ .a = 1 } |', 'nothing'],
    ['§ |', 'nothing'],
  ])('%s', (marked, expected) => expect(expectedAt(marked)).toBe(expected));
});

describe('a completion that is taken', () => {
  test.each([
    ['dur|', 'span:duration', 'span:duration |'],
    ['dur| > 5ms', 'span:duration', 'span:duration |> 5ms'],
    ['{ dur|}', 'span:duration', '{ span:duration |}'],
    ['.a =|', '"x"', '.a = "x" |'],
    ['.a = "ca|rt" && .b = 1', '"card"', '.a = "card" |&& .b = 1'],
    ['.a = "ca| && .b = 1', '"card"', '.a = "card" |&& .b = 1'],
    ['.a = 1|', '5', '.a = 5 |'],
    ['.a = 1 |', '&&', '.a = 1 && |'],
    ['(|', '.a', '(.a |'],
  ])('%s takes %s', (marked, text, result) => expect(taken(marked, text)).toBe(result));
});

test('any cursor in any text is survived', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '(',
    '!',
    '&&',
    '=',
    '"',
    '.a',
    'span.',
    'duration',
    '5ms',
    ' ',
    '\\',
    '|',
  );
  fc.assert(
    fc.property(fc.array(pieces), fc.nat({ max: 60 }), (parts, cursor) => {
      const text = parts.join('');
      const at = Math.min(cursor, text.length);
      const place = placeAt(text, at);
      if (place === null) return;
      expect(place.from).toBeLessThanOrEqual(at);
      expect(place.to).toBeGreaterThanOrEqual(at);
    }),
  );
});

test('suggestions that begin with what is typed come first, then those whose key does', () => {
  const of = (...texts: string[]) => texts.map((text) => ({ text, detail: '' }));
  const all = of('resource.the.http', 'span.http.route', 'http', 'span.other');
  expect(narrowSuggestions(all, 'HTTP', 10).map(({ text }) => text)).toEqual([
    'http',
    'span.http.route',
    'resource.the.http',
  ]);
  expect(narrowSuggestions(all, '', 2)).toHaveLength(2);
  expect(narrowSuggestions(of('"cart"'), 'ca', 9)).toHaveLength(1);
});

test('comparisons and values fit the field', () => {
  const failed = { kind: 'intrinsic', name: 'request:failed' } as const;
  expect(suggestComparisons(failed).map(({ text }) => text)).toEqual(['=', '!=']);
  expect(suggestOwnValues(failed).map(({ text }) => text)).toEqual(['true', 'false']);
  const duration = { kind: 'intrinsic', name: 'span:duration' } as const;
  expect(suggestComparisons(duration).map(({ text }) => text)).not.toContain('=~');
  expect(suggestOwnValues(duration).map(({ text }) => text)).toContain('200ms');
});
