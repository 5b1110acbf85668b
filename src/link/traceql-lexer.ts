/** TraceQL text → tokens. Never fails: what is no token becomes one that says why. Positions are UTF-16 units. */
import type { Comparison, ConditionField, ConditionValue } from '../model/conditions.ts';
import { readQuoted, shorten } from './traceql-text.ts';
import { DURATION_UNITS, findIntrinsic, findScope } from './traceql-words.ts';

export type Token = { readonly at: number; readonly to: number } & (
  | { readonly kind: '{' | '}' | '(' | ')' | '!' | '&&' | '||' | 'end' }
  | { readonly kind: 'field'; readonly field: ConditionField }
  | { readonly kind: 'comparison'; readonly comparison: Comparison }
  | { readonly kind: 'value'; readonly value: ConditionValue }
  /** Neither an intrinsic nor a value of its own: `error`, `true`, `cart`. */
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'bad'; readonly message: string }
);

type Read = Token | null;
type Reader = (text: string, at: number) => Read;

/** In the order they are tried; the last takes any character. */
const READERS: readonly Reader[] = [readText, readNumber, readField, readSymbol, readUnknown];

/** The last token is the end. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const gap = /\s*/y;
  for (let at = 0; ;) {
    gap.lastIndex = at;
    at += gap.exec(text)?.[0].length ?? 0;
    if (at >= text.length) return [...tokens, { kind: 'end', at: text.length, to: text.length }];
    const token = readToken(text, at);
    tokens.push(token);
    at = token.to;
  }
}

function readToken(text: string, at: number): Token {
  for (const read of READERS) {
    const token = read(text, at);
    if (token !== null) return token;
  }
  return readUnknown(text, at);
}

function readText(text: string, at: number): Read {
  if (text[at] === "'") return { kind: 'bad', at, to: at + 1, message: 'a text stands in double quotes' };
  if (text[at] !== '"' && text[at] !== '`') return null;
  const quoted = readQuoted(text, at);
  if (!quoted.ok) return { kind: 'bad', at: quoted.at, to: quoted.to, message: quoted.message };
  return { kind: 'value', at, to: quoted.to, value: { kind: 'text', text: quoted.text } };
}

const NUMBER = /[-+]?(?:\d+(?:\.\d*)?|\.\d+)/y;
const EXPONENT = /[eE][-+]?\d+/y;
const UNIT = /[\p{L}_]+/uy;

/** `-5`, `1.5e9`, `200ms`, `1m30s`. */
function readNumber(text: string, at: number): Read {
  const number = matchAt(NUMBER, text, at);
  if (number === '') return null;
  const exponent = matchAt(EXPONENT, text, at + number.length);
  const to = at + number.length + exponent.length;
  if (exponent !== '' || matchAt(UNIT, text, to) === '')
    return finite(at, to, { kind: 'number', number: Number(number + exponent) });
  return readDuration(text, at);
}

function readDuration(text: string, at: number): Read {
  let ns = 0;
  let to = at;
  for (let number = matchAt(NUMBER, text, to); number !== ''; number = matchAt(NUMBER, text, to)) {
    const unit = matchAt(UNIT, text, to + number.length);
    const from = to;
    to += number.length + unit.length;
    const factor = DURATION_UNITS.get(unit);
    if (factor === undefined) return badUnit(unit, from, to);
    if (/^[-+]/.test(number)) return { kind: 'bad', at: from, to, message: 'a duration has no sign' };
    ns += Number(number) * factor;
  }
  return finite(at, to, { kind: 'duration', ns: Math.round(ns) });
}

function finite(
  at: number,
  to: number,
  value: Extract<ConditionValue, { kind: 'number' | 'duration' }>,
): Token {
  return Number.isFinite(value.kind === 'number' ? value.number : value.ns)
    ? { kind: 'value', at, to, value }
    : { kind: 'bad', at, to, message: 'the number is too large' };
}

function badUnit(unit: string, at: number, to: number): Token {
  const message =
    unit === ''
      ? 'a duration ends with its unit: ns, us, ms, s, m or h'
      : `“${shorten(unit)}” is no unit of time; there are ns, us, ms, s, m and h`;
  return { kind: 'bad', at, to, message };
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
const KEY_PART = /[^\s{}()=~!<>&|^,"]+/y;

/** `duration`, `span:duration`, `span.http.route`, `.key`, `resource."odd key"`; else a bare word. */
function readField(text: string, at: number): Read {
  const first = matchAt(WORD, text, at);
  const mark = text[at + first.length];
  if (mark === ':' && first !== '') {
    const word = `${first}:${matchAt(WORD, text, at + first.length + 1)}`;
    return wordOrIntrinsic(word, at);
  }
  if (mark === '.') {
    const scope = findScope(first);
    if (scope !== undefined) return readKey(text, at, first.length + 1, scope);
    return { kind: 'word', at, to: keyEnd(text, at), word: text.slice(at, keyEnd(text, at)) };
  }
  return first === '' ? null : wordOrIntrinsic(first, at);
}

function wordOrIntrinsic(word: string, at: number): Token {
  const name = findIntrinsic(word);
  const to = at + word.length;
  return name === undefined
    ? { kind: 'word', at, to, word }
    : { kind: 'field', at, to, field: { kind: 'intrinsic', name } };
}

function keyEnd(text: string, at: number): number {
  return at + Math.max(1, matchAt(KEY_PART, text, at).length);
}

/** A key is bare parts and quoted ones, side by side. */
function readKey(text: string, at: number, skipped: number, scope: 'span' | 'resource' | 'any'): Token {
  let key = '';
  let to = at + skipped;
  let quotes = 0;
  for (;;) {
    const bare = matchAt(KEY_PART, text, to);
    key += bare;
    to += bare.length;
    if (text[to] !== '"') break;
    const quoted = readQuoted(text, to);
    if (!quoted.ok) return { kind: 'bad', at: quoted.at, to: quoted.to, message: quoted.message };
    key += quoted.text;
    to = quoted.to;
    quotes++;
  }
  if (key === '' && quotes === 0)
    return { kind: 'bad', at, to, message: `expected the key of an attribute after ${text.slice(at, to)}` };
  return { kind: 'field', at, to, field: { kind: 'attribute', scope, key } };
}

const ARITHMETIC = 'is TraceQL’s, but not known here: there is no arithmetic';
const STRUCTURAL = 'is TraceQL’s, but not known here: chain filters say who called whom';
const OPERATORS: Readonly<Record<string, string>> = {
  '==': '“equals” is written with one =',
  '<>': '“differs” is written !=',
  '&': '“and” is written &&',
  '|': 'a pipeline | is TraceQL’s, but not known here; “or” is written ||',
};

const PLAIN = ['{', '}', '(', ')', '!', '&&', '||'] as const;
const COMPARING = ['=', '!=', '>', '>=', '<', '<=', '=~', '!~'] as const;
const SYMBOL = /[{}()]|[=!<>&|~]+|[-+*/%^]/y;

function readSymbol(text: string, at: number): Read {
  const run = matchAt(SYMBOL, text, at);
  if (run === '') return null;
  // `!!a` and `(!a` are several symbols, `>>` and `&>` one that is not ours
  const symbol = run.startsWith('!') && !/^!([=~]|[<>])/.test(run) ? '!' : run.replace(/(?<=.)!+$/, '');
  const to = at + symbol.length;
  const plain = PLAIN.find((known) => known === symbol);
  if (plain !== undefined) return { kind: plain, at, to };
  const comparison = COMPARING.find((known) => known === symbol);
  if (comparison !== undefined) return { kind: 'comparison', at, to, comparison };
  return { kind: 'bad', at, to, message: refuseSymbol(symbol) };
}

function refuseSymbol(symbol: string): string {
  const known = Object.hasOwn(OPERATORS, symbol) ? OPERATORS[symbol] : undefined;
  if (known !== undefined) return known;
  if (/^[-+*/%^]/.test(symbol)) return `${symbol} ${ARITHMETIC}`;
  if (/^(&?[<>~]{1,2}|![<>]{1,2})$/.test(symbol)) return `${symbol} ${STRUCTURAL}`;
  return `${shorten(symbol)} is no operator; there are ${COMPARING.join(' ')} && || !`;
}

function readUnknown(text: string, at: number): Token {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return { kind: 'bad', at, to: at + character.length, message: `“${character}” is not expected here` };
}

/** `''`: none there. The expression is sticky. */
function matchAt(expression: RegExp, text: string, at: number): string {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? '';
}
