/** Text → JSON documents (FORMATS.md §1.4, §0.4), with `JSON.parse`. For cross-checks only. */

export type JsonObject = { readonly [key: string]: unknown };

export interface Documents {
  readonly documents: readonly unknown[];
  /** Lines or documents that were no JSON. */
  readonly broken: number;
}

/** One document, JSON Lines, or documents one after another (pretty-printed or not). */
export function splitDocuments(text: string): Documents {
  const whole = parse(text);
  if (whole !== undefined) return { documents: [whole], broken: 0 };
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const parsed = lines.map(parse);
  const objects = parsed.filter((value) => typeof value === 'object' && value !== null);
  const isLines = objects.length * 2 >= lines.length;
  const documents = isLines ? objects : cutAtBalance(text).map(parse);
  const readable = documents.filter((value) => value !== undefined);
  return { documents: readable, broken: (isLines ? lines.length : documents.length) - readable.length };
}

/** Cuts where the brackets outside of strings are balanced. */
function cutAtBalance(text: string): string[] {
  const documents: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/gs)) {
    if (token === '{' || token === '[') {
      if (depth === 0) from = index;
      depth++;
    } else if (token === '}' || token === ']') {
      depth--;
      if (depth === 0) documents.push(text.slice(from, index + 1));
    }
  }
  return documents;
}

/** Integers of 16 and more digits become strings; NaN and Infinity null. undefined: no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(
      text.replace(
        /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?\b(?:NaN|Infinity)\b/gs,
        (token) => {
          if (token.startsWith('"')) return token;
          if (/^-?\d{16,}$/.test(token)) return `"${token}"`;
          return /N|I/.test(token) ? 'null' : token;
        },
      ),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Strings and numbers; '' for everything else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Integer of a number or of a numeric string; null where there is none. */
export function asInteger(value: unknown): bigint | null {
  const text = asText(value);
  if (/^-?\d+$/.test(text)) return BigInt(text);
  const number = text === '' ? NaN : Number(text);
  return Number.isFinite(number) ? BigInt(Math.trunc(number)) : null;
}
