/** Quoted texts of TraceQL: Go's escapes in double quotes, none in backticks. */

export type Quoted =
  | { readonly ok: true; readonly text: string; readonly to: number }
  | { readonly ok: false; readonly at: number; readonly to: number; readonly message: string };

const SHORT: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const PLAIN = /[^"\\]+/y;
const CODE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/y;

/** The text from the quote at `at` on. */
export function readQuoted(source: string, at: number): Quoted {
  if (source[at] === '`') {
    const end = source.indexOf('`', at + 1);
    return end < 0 ? unclosed(source, at) : { ok: true, text: source.slice(at + 1, end), to: end + 1 };
  }
  let text = '';
  let to = at + 1;
  while (to < source.length && source[to] !== '"') {
    PLAIN.lastIndex = to;
    const plain = PLAIN.exec(source)?.[0] ?? '';
    const escape = plain === '' ? readEscape(source, to) : { text: plain, length: plain.length };
    if (escape === null) {
      const end = Math.min(to + 2, source.length);
      return {
        ok: false,
        at: to,
        to: end,
        message: `${source.slice(to, end)} is no escape; \\\\ is a backslash`,
      };
    }
    text += escape.text;
    to += escape.length;
  }
  return to < source.length ? { ok: true, text, to: to + 1 } : unclosed(source, at);
}

function unclosed(source: string, at: number): Quoted {
  return { ok: false, at, to: source.length, message: 'the text has no closing quote' };
}

function readEscape(source: string, at: number): { text: string; length: number } | null {
  const letter = source[at + 1] ?? '';
  if (Object.hasOwn(SHORT, letter)) return { text: SHORT[letter], length: 2 };
  CODE.lastIndex = at;
  const match = CODE.exec(source);
  if (match === null) return null;
  const code =
    match[4] === undefined
      ? Number.parseInt(match[1] ?? match[2] ?? match[3], 16)
      : Number.parseInt(match[4], 8);
  return code > 0x10_ffff ? null : { text: String.fromCodePoint(code), length: match[0].length };
}

const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** On one line: what cannot be seen, and half a surrogate pair, is escaped. */
export function writeQuoted(text: string): string {
  const escaped = text.replace(
    /["\\]|\p{Cc}|\p{Zl}|\p{Zp}|\p{Surrogate}/gu,
    (character) => WRITTEN.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

/** For a message. */
export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
