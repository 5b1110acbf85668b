/** When a comparison holds (docs/figures.md, Conditions). */
import type { Comparison, ConditionValue } from '../model/conditions.ts';
import { compareText } from '../util/compare-text.ts';
import { compileRegex } from '../util/linear-regex.ts';

/** null: the field is missing. */
export type TextTest = (text: string | null) => boolean;

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Throws where the value is a pattern that cannot be read. */
export function textTest(comparison: Comparison, value: ConditionValue): TextTest {
  if (value.kind === 'nil') {
    if (comparison === '=') return (text) => text === null;
    return comparison === '!=' ? (text) => text !== null : () => false;
  }
  const test = presentTest(comparison, value);
  return (text) => text !== null && test(text);
}

function presentTest(
  comparison: Comparison,
  value: Exclude<ConditionValue, { kind: 'nil' }>,
): (text: string) => boolean {
  if (comparison === '=~' || comparison === '!~') return patternTest(comparison, value);
  switch (value.kind) {
    case 'text':
      return (text) => holds(comparison, compareText(text, value.text));
    case 'keyword':
      return (text) => holds(comparison, compareText(text, value.keyword));
    case 'boolean': {
      if (comparison !== '=' && comparison !== '!=') return () => false;
      const wanted = (comparison === '=') === value.boolean ? 'true' : 'false';
      return (text) => text === wanted;
    }
    case 'number':
    case 'duration': {
      const test = numberTest(comparison, value);
      return (text) => NUMBER.test(text) && test(Number(text));
    }
  }
}

/** Of a field that is a number; durations in ns. */
export function numberTest(comparison: Comparison, value: ConditionValue): (found: number) => boolean {
  if (value.kind === 'nil') return () => comparison === '!=';
  if (value.kind !== 'number' && value.kind !== 'duration') return () => false;
  const wanted = value.kind === 'number' ? value.number : value.ns;
  return (found) => holds(comparison, found - wanted);
}

function patternTest(comparison: '=~' | '!~', value: ConditionValue): (text: string) => boolean {
  const pattern = value.kind === 'text' ? value.text : value.kind === 'keyword' ? value.keyword : null;
  if (pattern === null) return () => false;
  const regex = compileRegex(pattern);
  if ('error' in regex) throw new Error(`The pattern “${pattern}” cannot be read: ${regex.error}`);
  const wanted = comparison === '=~';
  return (text) => regex.matches(text) === wanted;
}

function holds(comparison: Comparison, order: number): boolean {
  switch (comparison) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=~':
    case '!~':
      return false;
  }
}
