/**
 * Values as Node's util.inspect prints them (https://nodejs.org/api/util.html#utilinspectobject-options): object
 * literals with bare keys, texts in any quotes and in pieces, class names before braces. Never evaluated. What it has cut off (`[Object]`, `... 3 more items`) and what is no data (functions) is null.
 */
import { BACKSLASH, COMMA, MINUS, NEWLINE, RETURN, SPACE } from './bytes.ts';
import { setOwn } from './set-own.ts';

export type JsLiteral = null | boolean | number | string | readonly JsLiteral[] | JsLiteralObject;
export interface JsLiteralObject {
  readonly [key: string]: JsLiteral;
}

const TAB = 0x09;
const DOT = 0x2e;
const DEEPEST = 64;
/** Reading ends at what may follow a value; `=>` stands between the keys and values of a Map. */
const WORD = /(?:(?!=>)[^\s,[\]{}'"`])+/y;
const KEY = /[^\s,:[\]{}'"`=]+/y;
/** `[Object]`, `[Circular *1]`, `[Function: f]`: what inspect puts in place of a value, or before one. */
const TAG = /\[[A-Z<a-z][^\]\n]*\]/y;
const CUT = /\.\.\. \d+ more \w+/y;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
]);

/** The value that the text is. Throws a SyntaxError. */
export function parseJsLiteral(text: string): JsLiteral {
  const reader = new LiteralReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

/** Of a key without quotes, as nearly all are. */
function isWordCode(c: number): boolean {
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || c === 0x5f || (c >= 0x30 && c <= 0x39);
}

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsLiteral {
    if (depth > DEEPEST) throw this.#error('nested too deeply');
    const c = this.#peek();
    if (c === "'" || c === '"' || c === '`') return this.#texts();
    if (c === '{') return this.#object(depth);
    if (c === '[') {
      const tag = this.#match(TAG);
      return tag === '' ? this.#list(depth) : this.#prefixed(depth, null);
    }
    const word = this.#usualWord() || this.#match(WORD);
    if (word === '') throw this.#error('a value expected');
    return this.#word(word, depth);
  }

  /** Nothing follows. */
  end(): void {
    if (this.#peek() !== '') throw this.#error('the end expected');
  }

  #word(word: string, depth: number): JsLiteral {
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null' || word === 'undefined') return null;
    if (NUMBER.test(word)) {
      const number = Number(word);
      // Integers that a double cannot hold come as text.
      return Number.isInteger(number) && !Number.isSafeInteger(number) ? word : number;
    }
    if (/^-?\d+n$/.test(word)) return word.slice(0, -1);
    return this.#prefixed(depth, word);
  }

  /** A class name, `<ref *1>` or a tag may stand before an object or a list; else it is all there is. */
  #prefixed(depth: number, otherwise: string | null): JsLiteral {
    const line = /[^\n]*/y;
    line.lastIndex = this.#at;
    const rest = line.exec(this.#text)?.[0] ?? '';
    const before = /^(?: [\w$<>*().]+| \[[^\]]*\])* (?=[{[])/.exec(rest);
    if (!before) return otherwise;
    this.#at += before[0].length;
    return this.value(depth + 1);
  }

  #object(depth: number): JsLiteral {
    this.#at++;
    const object: Record<string, JsLiteral> = {};
    while (!this.#closes('}')) {
      if (!this.#isCut()) {
        const key = this.#key();
        const value = this.#separates() ? this.value(depth + 1) : null;
        setOwn(object, key, value);
      }
      this.#comma('}');
    }
    return object;
  }

  #list(depth: number): JsLiteral {
    this.#at++;
    const list: JsLiteral[] = [];
    while (!this.#closes(']')) {
      if (!this.#isCut()) {
        const value = this.value(depth + 1);
        // Lists may have named fields, too.
        if (this.#separates()) this.value(depth + 1);
        else list.push(value);
      }
      this.#comma(']');
    }
    return list;
  }

  #key(): string {
    const c = this.#peek();
    if (c === "'" || c === '"' || c === '`') return this.#texts();
    if (c === '[') {
      // ['__proto__'] or [Symbol(name)]
      const tag = this.#match(TAG);
      if (tag !== '') return tag.slice(1, -1);
      this.#at++;
      const key = this.#texts();
      if (!this.#closes(']')) throw this.#error('“]” expected');
      return key;
    }
    const word = this.#usualKey() || this.#match(KEY);
    if (word === '') throw this.#error('a key expected');
    return word;
  }

  /** A number or a word before a comma or a space; '': something else. */
  #usualWord(): string {
    const text = this.#text;
    let to = this.#at;
    let c = text.charCodeAt(to);
    while (isWordCode(c) || c === MINUS || c === DOT) c = text.charCodeAt(++to);
    if (c !== COMMA && c !== NEWLINE && c !== SPACE) return '';
    const word = text.slice(this.#at, to);
    this.#at = to;
    return word;
  }

  /** Letters and digits up to the colon; '': the key is none of these. */
  #usualKey(): string {
    const text = this.#text;
    let to = this.#at;
    while (isWordCode(text.charCodeAt(to))) to++;
    if (text[to] !== ':') return '';
    const key = text.slice(this.#at, to);
    this.#at = to;
    return key;
  }

  /** A text, or pieces of one joined by `+`. */
  #texts(): string {
    let text = this.#quoted();
    while (this.#peek() === '+') {
      this.#at++;
      const quote = this.#peek();
      if (quote !== "'" && quote !== '"' && quote !== '`') throw this.#error('a text expected');
      text += this.#quoted();
    }
    this.#isCut();
    return text;
  }

  #quoted(): string {
    const whole = this.#text;
    const quote = whole.charCodeAt(this.#at++);
    let text = '';
    for (;;) {
      const from = this.#at;
      let at = from;
      let c = whole.charCodeAt(at);
      while (at < whole.length && c !== quote && c !== BACKSLASH && c !== NEWLINE) c = whole.charCodeAt(++at);
      this.#at = at;
      text += whole.slice(from, at);
      if (at >= whole.length || c === NEWLINE) throw this.#error('a text that does not end');
      this.#at++;
      if (c === quote) return text;
      text += this.#escape();
    }
  }

  #escape(): string {
    const c = this.#text[this.#at++] ?? '';
    const digits = c === 'x' ? 2 : c === 'u' ? 4 : 0;
    if (digits === 0) return ESCAPES.get(c) ?? c;
    const hex = this.#text.slice(this.#at, this.#at + digits);
    if (hex.length < digits || !/^[0-9a-f]+$/i.test(hex)) throw this.#error('an escape that is none');
    this.#at += digits;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #separates(): boolean {
    const c = this.#peek();
    if (c !== ':' && !this.#text.startsWith('=>', this.#at)) return false;
    this.#at += c === ':' ? 1 : 2;
    return true;
  }

  #closes(bracket: string): boolean {
    if (this.#peek() !== bracket) return false;
    this.#at++;
    return true;
  }

  /** Steps over `... 3 more items`. */
  #isCut(): boolean {
    return this.#peek() === '.' && this.#match(CUT) !== '';
  }

  #comma(bracket: string): void {
    const c = this.#peek();
    if (c === ',') this.#at++;
    else if (c !== bracket) throw this.#error(`“,” or “${bracket}” expected`);
  }

  /** The next character that is no white space; '': the end. */
  #peek(): string {
    const text = this.#text;
    let at = this.#at;
    let c = text.charCodeAt(at);
    while (c === SPACE || c === NEWLINE || c === RETURN || c === TAB) c = text.charCodeAt(++at);
    this.#at = at;
    return at < text.length ? text[at] : '';
  }

  /** What the pattern finds here, stepped over; '': nothing. */
  #match(pattern: RegExp): string {
    this.#peek();
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #error(reason: string): SyntaxError {
    return new SyntaxError(`${reason} at ${this.#at}`);
  }
}
