/**
 * Objects that util.inspect prints over several lines (js-literal.ts), read a line at a time: what one line says is
 * remembered, as nearly all lines of a log come again and again.
 */
import { type JsLiteral, type JsLiteralObject, parseJsLiteral } from './js-literal.ts';
import { memo } from './memo.ts';
import { setOwn } from './set-own.ts';

interface Line {
  /** Of what it tells or opens; null: an element of a list, or a closing bracket. */
  readonly key: string | null;
  readonly value: JsLiteral;
  /** Instead of a value. */
  readonly bracket: '' | '{' | '[' | '}' | ']';
  readonly hasComma: boolean;
}

type Opened = { readonly object: Record<string, JsLiteral> } | { readonly list: JsLiteral[] };

const DEEPEST = 64;
/** An object takes many times the memory of its text. */
const LONGEST_KNOWN = 200;
const INDENT = /^[ \t]+/;
/** Bare, or in quotes without escapes; then what it is of. Texts that begin with what looks like a key are in quotes. */
const KEYED = /^(?:([\w$]+)|'([^'\\]*)'): /;
/** A class name may stand before an object. */
const OPENS = /^(?:[A-Z][\w$]* (?=\{))?([{[])$/;

/** The object that the first line opens; null: its lines are not laid out as usual, then parseJsLiteral tells what they are. */
export function parseJsLines(lines: readonly string[]): JsLiteralObject | null {
  const root: Record<string, JsLiteral> = {};
  const outer: Opened[] = [];
  let opened: Opened = { object: root };
  let mayGoOn = true;
  for (let i = 1; i < lines.length; i++) {
    const line = lineOf(lines[i]);
    if (!line) return null;
    const { key, value, bracket, hasComma } = line;
    if (bracket === '}' || bracket === ']') {
      if ('object' in opened !== (bracket === '}')) return null;
      const around = outer.pop();
      if (!around) return i === lines.length - 1 && !hasComma ? root : null;
      opened = around;
    } else {
      if (!mayGoOn || 'object' in opened !== (key !== null)) return null;
      const inner: Opened | null = bracket === '' ? null : bracket === '{' ? { object: {} } : { list: [] };
      const told = inner === null ? value : 'object' in inner ? inner.object : inner.list;
      if ('list' in opened) opened.list.push(told);
      else setOwn(opened.object, key ?? '', told);
      if (inner) {
        if (outer.push(opened) > DEEPEST) return null;
        opened = inner;
      }
    }
    mayGoOn = hasComma || bracket === '{' || bracket === '[';
  }
  return null;
}

/** null: the line is not laid out as usual. */
const lineOf = memo((indented): Line | null => {
  const text = indented.replace(INDENT, '');
  const hasComma = text.endsWith(',');
  const whole = hasComma ? text.slice(0, -1) : text;
  if (whole === '}' || whole === ']') return { key: null, value: null, bracket: whole, hasComma };
  const keyed = KEYED.exec(whole);
  const key = keyed ? (keyed[1] ?? keyed[2]) : null;
  const rest = keyed ? whole.slice(keyed[0].length) : whole;
  const bracket = OPENS.exec(rest)?.[1];
  if (!hasComma && (bracket === '{' || bracket === '[')) return { key, value: null, bracket, hasComma };
  try {
    return { key, value: parseJsLiteral(rest), bracket: '', hasComma };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}, LONGEST_KNOWN);
