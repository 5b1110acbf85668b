/** What may be typed next in a TraceQL text, and where it goes. Positions are UTF-16 units. */
import { tokenize } from '../../link/traceql-lexer.ts';
import type { Token } from '../../link/traceql-lexer.ts';
import { printField } from '../../link/traceql-printer.ts';
import { KINDS, STATUSES, valueTypeOf } from '../../link/traceql-words.ts';
import { COMPARISONS, INTRINSICS } from '../../model/conditions.ts';
import type { Comparison, ConditionField, Intrinsic } from '../../model/conditions.ts';

/** What stands at the cursor, or is missing there. */
export type Expected =
  | { readonly kind: 'field' }
  | { readonly kind: 'comparison'; readonly field: ConditionField }
  | { readonly kind: 'value'; readonly field: ConditionField }
  | { readonly kind: 'connective' };

export interface Place {
  readonly expected: Expected;
  /** The characters that an accepted suggestion replaces. */
  readonly from: number;
  readonly to: number;
  /** What is typed of it, up to the cursor, without an opening quote. */
  readonly typed: string;
}

export interface Suggestion {
  /** As it is written into the text. */
  readonly text: string;
  /** What it means, or how often it occurs; '' where nothing is to be said. */
  readonly detail: string;
}

/** null: nothing can be completed there, as within the name of a quoted key. */
export function placeAt(text: string, cursor: number): Place | null {
  const tokens = tokenize(text);
  const at = tokens.findIndex((token) => isTyped(token, text, cursor));
  const before = at >= 0 ? at : tokens.findIndex((token) => token.at >= cursor);
  const expected = expectedAfter(tokens.slice(0, before));
  if (expected === null) return null;
  if (at < 0) return { expected, from: cursor, to: cursor, typed: '' };
  const { at: from, to, kind } = tokens[at];
  const typed = text.slice(from, cursor);
  // a text that is not closed yet swallows what follows it
  const end = kind === 'bad' ? cursor : to;
  return { expected, from, to: end, typed: typed.replace(/^["`]/, '') };
}

/** Whether the cursor is in a token, or at its end, that is being written: no bracket, no operator. */
function isTyped(token: Token, text: string, cursor: number): boolean {
  if (token.at >= cursor || token.to < cursor) return false;
  if (token.kind === 'bad') return /^(["`]|[\w.:])/.test(text.slice(token.at, token.to));
  return ['field', 'word', 'value'].includes(token.kind);
}

/** null: the tokens are no beginning of a condition. */
function expectedAfter(tokens: readonly Token[]): Expected | null {
  const last = tokens.at(-1);
  const previous = tokens.at(-2);
  switch (last?.kind) {
    case undefined:
    case '{':
    case '(':
    case '!':
    case '&&':
    case '||':
      return { kind: 'field' };
    case 'field':
      return { kind: 'comparison', field: last.field };
    case 'comparison':
      return previous?.kind === 'field' ? { kind: 'value', field: previous.field } : null;
    case 'value':
    case 'word':
    case ')':
      return { kind: 'connective' };
    case '}':
    case 'bad':
    case 'end':
      return null;
  }
}

const MEANINGS: Readonly<Record<Intrinsic, string>> = {
  'span:duration': 'response time',
  'span:name': 'name of the span',
  'span:kind': 'server, client …',
  'span:status': 'error, ok or unset',
  'span:statusMessage': 'what the status says',
  'span:id': '16 hex digits',
  'trace:id': '32 hex digits',
  'request:service': 'displayed name of the service',
  'request:endpoint': 'endpoint or user action',
  'request:instance': 'instance of the service',
  'request:failed': 'by the failure rules',
  'request:reason': 'why it failed',
  'request:exception': 'type of the exception',
  'request:method': 'GET, POST …',
  'request:httpStatus': '200, 503 …',
  'request:grpcStatus': 'OK, UNAVAILABLE …',
  'request:caller': 'service that called',
  'request:end': 'how its chain of callers ends',
  'request:userAction': 'user action that led to it',
  'request:application': 'application of the user action',
};

const ORDERED: readonly Comparison[] = ['>', '>=', '<', '<='];
const MATCHING: readonly Comparison[] = ['=~', '!~'];
const COMPARISON_MEANINGS: Readonly<Record<Comparison, string>> = {
  '=': 'is',
  '!=': 'is not',
  '>': 'over',
  '>=': 'at least',
  '<': 'under',
  '<=': 'at most',
  '=~': 'matches the regular expression',
  '!~': 'does not match it',
};

export function suggestIntrinsics(): readonly Suggestion[] {
  return INTRINSICS.map((name) => ({ text: name, detail: MEANINGS[name] }));
}

export function suggestComparisons(field: ConditionField): readonly Suggestion[] {
  const type = valueTypeOf(field);
  const fits = (comparison: Comparison) => {
    if (ORDERED.includes(comparison)) return type === 'any' || type === 'duration';
    return !MATCHING.includes(comparison) || type === 'any' || type === 'text';
  };
  return COMPARISONS.filter(fits).map((text) => ({ text, detail: COMPARISON_MEANINGS[text] }));
}

/** Values that need no data. */
export function suggestOwnValues(field: ConditionField): readonly Suggestion[] {
  const plain = (words: readonly string[]) => words.map((text) => ({ text, detail: '' }));
  switch (valueTypeOf(field)) {
    case 'boolean':
      return plain(['true', 'false']);
    case 'status':
      return plain(STATUSES);
    case 'kind':
      return plain(KINDS);
    case 'duration':
      return plain(['10ms', '100ms', '200ms', '500ms', '1s', '5s']);
    case 'any':
      return [{ text: 'nil', detail: `${printField(field)} is missing` }];
    case 'text':
      return [];
  }
}

export const CONNECTIVES: readonly Suggestion[] = [
  { text: '&&', detail: 'and' },
  { text: '||', detail: 'or' },
];

/** Those that hold what is typed, case aside; first those that begin with it, after their scope too. */
export function narrowSuggestions(
  suggestions: readonly Suggestion[],
  typed: string,
  most: number,
): readonly Suggestion[] {
  const wanted = typed.toLowerCase();
  const rank = ({ text }: Suggestion) => {
    const plain = text.toLowerCase().replace(/^["`]/, '');
    if (plain.startsWith(wanted)) return 0;
    if (plain.replace(/^\w*[.:]/, '').startsWith(wanted)) return 1;
    return plain.includes(wanted) ? 2 : 3;
  };
  const ranked = suggestions.map((suggestion) => ({ suggestion, rank: rank(suggestion) }));
  return ranked
    .filter((one) => one.rank < 3)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map((one) => one.suggestion);
}

/** The text with the suggestion in its place, set off by a space, and the cursor behind it. */
export function withSuggestion(
  text: string,
  place: Place,
  suggestion: Suggestion,
): { readonly text: string; readonly at: number } {
  const head = text.slice(0, place.from);
  const tail = text.slice(place.to);
  const gap = head === '' || /[\s({!]$/.test(head) ? '' : ' ';
  const end = `${head}${gap}${suggestion.text}`;
  return { text: `${end} ${tail.replace(/^ /, '')}`, at: end.length + 1 };
}
