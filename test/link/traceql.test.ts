import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTraceql } from '../../src/link/traceql-parser.ts';
import { printDuration, printTraceql } from '../../src/link/traceql-printer.ts';
import type { Condition } from '../../src/model/conditions.ts';
import { conditions } from '../support/condition-generator.ts';

function read(text: string): Condition | null {
  const result = parseTraceql(text);
  if (!result.ok) throw new Error(`${result.problem.at}: ${result.problem.message}`);
  return result.condition;
}

/** `at–to: message`. */
function refusal(text: string): string {
  const result = parseTraceql(text);
  return result.ok ? 'no problem' : `${result.problem.at}–${result.problem.to}: ${result.problem.message}`;
}

/** What is read, written again: short enough to compare by eye. */
function rewritten(text: string): string {
  const condition = read(text);
  return condition === null ? '' : printTraceql(condition);
}

describe('reading TraceQL', () => {
  test('the condition of the issue', () => {
    expect(
      read('{ resource.service.name = "cart" && span.http.response.status_code >= 500 && duration > 200ms }'),
    ).toEqual({
      kind: 'and',
      conditions: [
        {
          kind: 'compare',
          field: { kind: 'attribute', scope: 'resource', key: 'service.name' },
          comparison: '=',
          value: { kind: 'text', text: 'cart' },
        },
        {
          kind: 'compare',
          field: { kind: 'attribute', scope: 'span', key: 'http.response.status_code' },
          comparison: '>=',
          value: { kind: 'number', number: 500 },
        },
        {
          kind: 'compare',
          field: { kind: 'intrinsic', name: 'span:duration' },
          comparison: '>',
          value: { kind: 'duration', ns: 200e6 },
        },
      ],
    });
  });

  test.each([
    ['duration>1m30s', '{ span:duration > 90s }'],
    ['span:duration >= 1.5s', '{ span:duration >= 1.5s }'],
    ['duration > 2µs || duration<5ns', '{ span:duration > 2us || span:duration < 5ns }'],
    ['name =~ "GET .*"', '{ span:name =~ "GET .*" }'],
    ['status != error', '{ span:status != error }'],
    ['kind=server', '{ span:kind = server }'],
    ['statusMessage = `a "quoted" \\ one`', String.raw`{ span:statusMessage = "a \"quoted\" \\ one" }`],
    [String.raw`.a = "\x41\u0042\101\t"`, String.raw`{ .a = "ABA\t" }`],
    ['span."odd key" = 1', '{ span."odd key" = 1 }'],
    ['span.plain."odd part".end = -1.5e3', '{ span."plain.odd part.end" = -1500 }'],
    ['resource.k8s.pod.name != nil', '{ resource.k8s.pod.name != nil }'],
    ['request:failed = true', '{ request:failed = true }'],
    ['trace:id = "00ff"', '{ trace:id = "00ff" }'],
    ['.a=1 && .b=2 || .c=3 && .d=4', '{ (.a = 1 && .b = 2) || (.c = 3 && .d = 4) }'],
    ['(.a=1 || .b=2) && !(.c=3)', '{ (.a = 1 || .b = 2) && !(.c = 3) }'],
    ['!!.a=1', '{ !(!(.a = 1)) }'],
    ['{.a=1&&!.b=2}', '{ .a = 1 && !(.b = 2) }'],
    ['  {\n}  ', ''],
    ['', ''],
  ])('%s', (text, written) => expect(rewritten(text)).toBe(written));

  test('a key may be called __proto__', () =>
    expect(rewritten('span.__proto__ = "x"')).toBe('{ span.__proto__ = "x" }'));
});

describe('what cannot be read is pointed at', () => {
  test.each([
    ['duration >=', '11–11: expected a value after >='],
    ['{ duration >= }', '14–15: expected a value after >=, not }'],
    ['{ .a = 1', '8–8: expected &&, || or a closing }'],
    ['(.a = 1', '7–7: expected &&, || or a closing )'],
    ['.a = 1 .b = 2', '7–9: expected && or ||, not .b'],
    ['.a', '2–2: expected a comparison such as = or >= after .a'],
    ['.a = 1 &&', '9–9: expected an attribute such as resource.service.name or duration'],
    ['.a = cart', '5–9: a text stands in quotes: "cart"'],
    [".a = 'cart'", '5–6: a text stands in double quotes'],
    ['.a = "cart', '5–10: the text has no closing quote'],
    [String.raw`.a = "\q"`, String.raw`6–8: \q is no escape; \\ is a backslash`],
    ['duration > 5', '11–12: span:duration is compared with a duration such as 200ms'],
    ['duration > 5parsecs', '11–19: “parsecs” is no unit of time; there are ns, us, ms, s, m and h'],
    ['duration > 1m30', '13–15: a duration ends with its unit: ns, us, ms, s, m or h'],
    ['status = "error"', '9–16: span:status is compared with error, ok, unset'],
    ['status > error', '9–14: this value is compared with = or !=, not with >'],
    ['request:failed = 1', '17–18: request:failed is compared with true or false'],
    ['name = 5', '7–8: span:name is compared with a text in quotes'],
    ['name =~ "("', '8–11: this is no regular expression: this group is not closed'],
    ['.a =~ 5', '6–7: =~ is followed by a regular expression in quotes'],
    ['.a = .b', '5–7: an attribute is compared with a value, not with another attribute'],
    ['200ms < duration', '0–5: the attribute comes first and the value after it: duration > 200ms'],
    ['cart = 1', '0–4: “cart” is not known; attributes are written span.cart, resource.cart or .cart'],
    ['.a == 1', '3–5: “equals” is written with one ='],
    ['.a = 1 & .b = 2', '7–8: “and” is written &&'],
    ['.a = 1 and .b = 2', '7–10: “and” is written && here'],
    ['span. = 1', '0–5: expected the key of an attribute after span.'],
    ['.a = 1 § .b = 2', '7–8: “§” is not expected here'],
  ])('%s', (text, message) => expect(refusal(text)).toBe(message));

  test.each([
    ['{ .a = 1 } | count() > 2', 'a pipeline | is TraceQL'],
    ['{ .a = 1 } >> { .b = 2 }', '>> is TraceQL'],
    ['{ .a = 1 } !< { .b = 2 }', '!< is TraceQL'],
    ['{ .a = 1 } &>> { .b = 2 }', '&>> is TraceQL'],
    ['{ .a = 1 } ~ { .b = 2 }', '~ is TraceQL'],
    ['{ .a = 1 } && { .b = 2 }', 'one pair of braces'],
    ['.a = 1 + 2', '+ is TraceQL'],
    ['count() > 2', 'no aggregates'],
    ['event.name = "x"', '“event” is TraceQL'],
    ['event:name = "x"', '“event” is TraceQL'],
    ['link:traceID = "x"', '“link” is TraceQL'],
    ['instrumentation.name = "x"', '“instrumentation” is TraceQL'],
    ['parent.a = 1', '“parent” is TraceQL'],
    ['trace:rootName = "x"', '“trace” is TraceQL'],
    ['rootServiceName = "x"', '“rootServiceName” is TraceQL'],
  ])('TraceQL, but not ours: %s', (text, part) => expect(refusal(text)).toContain(part));
});

describe('hostile text', () => {
  const quickly = { timeout: 2000 };
  test.each([
    ['parentheses', '('.repeat(10_000)],
    ['negations', '!'.repeat(10_000)],
    ['closed parentheses', `${'('.repeat(10_000)}.a = 1${')'.repeat(10_000)}`],
    ['equals signs', '='.repeat(100_000)],
    ['quotes', '"'.repeat(100_000)],
    ['backslashes', `.a = "${'\\'.repeat(100_001)}`],
    ['letters', 'a'.repeat(100_000)],
    ['digits', `.a = ${'9'.repeat(100_000)}h`],
    ['braces', '{'.repeat(100_000)],
  ])('%s are refused, shortly', quickly, (_, text) => {
    const result = parseTraceql(text);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.problem.message.length).toBeLessThan(250);
  });

  test('100 kB of conditions are read', quickly, () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `.a${index} = 1`).join(' && ');
    const condition = read(text);
    expect(condition?.kind === 'and' && condition.conditions.length).toBe(10_000);
    expect(rewritten(text)).toBe(`{ ${text} }`);
  });

  test('any text gives a condition or points into itself', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      '!',
      '&&',
      '||',
      '=',
      '>=',
      '=~',
      '"',
      '`',
      '.a',
      'span.',
      'duration',
      '200ms',
      '5',
      'nil',
      ' ',
      '\\',
      'event:',
      '|',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const result = parseTraceql(text);
          if (result.ok) return;
          expect(result.problem.at).toBeGreaterThanOrEqual(0);
          expect(result.problem.to).toBeGreaterThanOrEqual(result.problem.at);
          expect(result.problem.to).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});

describe('writing TraceQL', () => {
  test('what is written is read as the same', () => {
    fc.assert(
      fc.property(conditions, (condition) => {
        expect(read(printTraceql(condition))).toEqual(condition);
      }),
      { numRuns: 500 },
    );
  });

  test('it is one line', () => {
    fc.assert(
      fc.property(conditions, (condition) => {
        expect(printTraceql(condition)).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
    );
  });

  test.each([
    [0, '0ns'],
    [1, '1ns'],
    [1500, '1.5us'],
    [200e6, '200ms'],
    [1.5e9, '1.5s'],
    [90e9, '90s'],
    [120e9, '2m'],
    [7200e9, '2h'],
  ])('%d ns', (ns, text) => expect(printDuration(ns)).toBe(text));
});
