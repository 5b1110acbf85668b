/**
 * Maps and lists as ClickHouse writes them into CSV and TSV: `{'http.route':'/cart'}`, `['a','b']`, nested,
 * with backslash escapes; JSON (as other writers put into the same columns) is read as well.
 */

/** Objects are Maps, so that any key is just a key. Text that is no literal: null. */
export type Literal = string | null | Literal[] | Map<string, Literal>;

/** Nobody writes deeper; a hostile file might. */
const DEEPEST = 32;

class NotALiteral extends Error {}

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Literal {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw new NotALiteral();
    return value;
  }

  #value(depth: number): Literal {
    this.#space();
    if (depth > DEEPEST) throw new NotALiteral();
    const c = this.#text[this.#at];
    if (c === '{') return this.#map(depth);
    if (c === '[' || c === '(') return this.#list(depth, c === '[' ? ']' : ')');
    if (c === "'" || c === '"') return this.#quoted(c);
    return this.#bare();
  }

  #map(depth: number): Map<string, Literal> {
    const map = new Map<string, Literal>();
    this.#at++;
    if (this.#ends('}')) return map;
    for (;;) {
      const key = this.#value(depth + 1);
      if (!this.#ends(':')) throw new NotALiteral();
      const value = this.#value(depth + 1);
      if (typeof key === 'string' && !map.has(key)) map.set(key, value);
      if (this.#ends('}')) return map;
      if (!this.#ends(',')) throw new NotALiteral();
    }
  }

  #list(depth: number, close: string): Literal[] {
    const list: Literal[] = [];
    this.#at++;
    if (this.#ends(close)) return list;
    for (;;) {
      list.push(this.#value(depth + 1));
      if (this.#ends(close)) return list;
      if (!this.#ends(',')) throw new NotALiteral();
    }
  }

  #quoted(quote: string): string {
    let value = '';
    this.#at++;
    for (let from = this.#at; ;) {
      const c = this.#text[this.#at];
      if (c === undefined) throw new NotALiteral();
      if (c !== quote && c !== '\\') {
        this.#at++;
        continue;
      }
      value += this.#text.slice(from, this.#at);
      this.#at += 1;
      if (c === quote) {
        if (this.#text[this.#at] !== quote) return value;
        value += quote;
        this.#at++;
      } else value += this.#escape();
      from = this.#at;
    }
  }

  #escape(): string {
    const c = this.#text[this.#at++];
    if (c === undefined) throw new NotALiteral();
    if (c === 'u') {
      const code = /^[0-9a-fA-F]{4}/.exec(this.#text.slice(this.#at, this.#at + 4));
      if (!code) return 'u';
      this.#at += 4;
      return String.fromCharCode(parseInt(code[0], 16));
    }
    const meant: Readonly<Record<string, string>> = {
      n: '\n',
      t: '\t',
      r: '\r',
      b: '\b',
      f: '\f',
      '0': '\0',
    };
    return Object.hasOwn(meant, c) ? meant[c] : c;
  }

  /** A number, a word. */
  #bare(): string | null {
    const from = this.#at;
    while (this.#at < this.#text.length && !',:]})'.includes(this.#text[this.#at])) this.#at++;
    const word = this.#text.slice(from, this.#at).trim();
    if (word === '') throw new NotALiteral();
    return /^(null|nan)$/i.test(word) ? null : word;
  }

  #ends(c: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== c) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\n') this.#at++;
  }
}

/** undefined: it is no map or list. */
export function parseLiteral(text: string): Literal[] | Map<string, Literal> | undefined {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[' && first !== '(') return undefined;
  try {
    const value = new LiteralReader(text).read();
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch (error) {
    if (error instanceof NotALiteral) return undefined;
    throw error;
  }
}
