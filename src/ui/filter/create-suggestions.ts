/** Completions at a place of a TraceQL text, from the vocabulary and from the data. */
import { createMemo } from 'solid-js';
import { printField } from '../../link/traceql-printer.ts';
import { writeQuoted } from '../../link/traceql-text.ts';
import { valueTypeOf } from '../../link/traceql-words.ts';
import type { AttributeKeyRow, FieldValue } from '../../model/answers-filters.ts';
import type { ConditionField } from '../../model/conditions.ts';
import { createAnswer } from '../../state/answers.ts';
import { describeCountOf } from '../../util/text.ts';
import {
  CONNECTIVES,
  narrowSuggestions,
  suggestComparisons,
  suggestIntrinsics,
  suggestOwnValues,
} from './complete.ts';
import type { Place, Suggestion } from './complete.ts';

/** Rows of the list at most; more typing narrows them. */
const MOST = 60;

/** `place` null: nothing is asked. */
export function createSuggestions(place: () => Place | null): () => readonly Suggestion[] {
  const used = createMemo((before: boolean) => before || place() !== null, false);
  const keys = createAnswer('attributeKeys', () => (used() ? {} : null));
  const values = createAnswer('fieldValues', () => {
    const here = place();
    if (here?.expected.kind !== 'value') return null;
    const { field } = here.expected;
    const isOpen = ['any', 'text'].includes(valueTypeOf(field));
    return isOpen ? { field, prefix: here.typed } : null;
  });
  return createMemo(() => {
    const here = place();
    if (here === null) return [];
    const { expected, typed } = here;
    switch (expected.kind) {
      case 'field': {
        const rows = (keys.latest()?.keys ?? []).map((row) => suggestKey(row, typed.startsWith('.')));
        return narrowSuggestions([...suggestIntrinsics(), ...rows], typed, MOST);
      }
      case 'comparison':
        return suggestComparisons(expected.field);
      case 'value': {
        const rows = (values.latest()?.values ?? []).map((row) => suggestValue(expected.field, row));
        return narrowSuggestions([...rows, ...suggestOwnValues(expected.field)], typed, MOST);
      }
      case 'connective':
        return CONNECTIVES;
    }
  });
}

function suggestKey({ scope, key, requests }: AttributeKeyRow, anyScope: boolean): Suggestion {
  const field: ConditionField = { kind: 'attribute', scope: anyScope ? 'any' : scope, key };
  return { text: printField(field), detail: describeCountOf(requests, 'request') };
}

/** Keys to split by, as they are typed there: plain, or in the scope that is typed before them. null: nothing is asked. */
export function createKeySuggestions(typed: () => string | null): () => readonly Suggestion[] {
  const used = createMemo((before: boolean) => before || typed() !== null, false);
  const keys = createAnswer('attributeKeys', () => (used() ? {} : null));
  return createMemo(() => {
    const text = typed();
    if (text === null) return [];
    const scope = /^(span|resource)\./.exec(text)?.[1];
    const rows = (keys.latest()?.keys ?? []).flatMap((row): readonly Suggestion[] => {
      const detail = `${row.scope}, ${describeCountOf(row.requests, 'request')}`;
      if (scope === undefined) return [{ text: row.key, detail }];
      return scope === row.scope ? [{ text: `${scope}.${row.key}`, detail }] : [];
    });
    return narrowSuggestions(withoutRepeats(rows), text, MOST);
  });
}

/** Of a key that spans and resources bear, the more frequent one. */
function withoutRepeats(rows: readonly Suggestion[]): readonly Suggestion[] {
  return [...new Map(rows.toReversed().map((row) => [row.text, row])).values()].toReversed();
}

/** Of what takes any value, what reads as a number or a truth is written without quotes. */
function suggestValue(field: ConditionField, { value, requests }: FieldValue): Suggestion {
  const bare = valueTypeOf(field) === 'any' && /^(-?\d+(\.\d+)?|true|false)$/.test(value);
  const exact = bare && (/^[tf]/.test(value) || String(Number(value)) === value);
  return { text: exact ? value : writeQuoted(value), detail: describeCountOf(requests, 'request') };
}
