/**
 * The syntax of RE2 (github.com/google/re2/wiki/Syntax), which has no look-around and no back references. Left
 * out: POSIX classes such as `[[:alpha:]]`, octal escapes, `\C` and `\Q…\E`; of the flags only i can change, and the
 * dot stands for line breaks too (as in Prometheus and Tempo).
 */
export type CharTest = (codePoint: number) => boolean;

export type Assertion = 'start' | 'end' | 'word' | 'notWord';

export type Pattern =
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly from: number; readonly to: number };

/** What is wrong with a pattern. */
export class PatternError extends Error {
  /** UTF-16 offset in the pattern. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** As RE2 has it. */
const MOST_REPEATS = 1000;
const MOST_NESTED = 200;

const DIGIT: CharTest = (c) => c >= 48 && c <= 57;
export const isWordChar: CharTest = (c) =>
  DIGIT(c) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
const SPACE: CharTest = (c) => c === 9 || c === 10 || c === 12 || c === 13 || c === 32;
const CLASSES: Readonly<Record<string, CharTest>> = {
  d: DIGIT,
  w: isWordChar,
  s: SPACE,
  D: (c) => !DIGIT(c),
  W: (c) => !isWordChar(c),
  S: (c) => !SPACE(c),
};
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const ASSERTIONS: Readonly<Record<string, Assertion>> = { A: 'start', z: 'end', b: 'word', B: 'notWord' };

/** Throws PatternError. */
export function parsePattern(text: string): Pattern {
  const parser = new Parser(text);
  const pattern = parser.choice(0);
  if (!parser.atEnd) throw new PatternError('there is no group to close here', parser.at);
  return pattern;
}

class Parser {
  at = 0;
  readonly #text: string;
  #ignoreCase = false;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.at >= this.#text.length;
  }

  choice(depth: number): Pattern {
    if (depth > MOST_NESTED) throw new PatternError('groups are nested too deep', this.at);
    const ignoreCase = this.#ignoreCase;
    const parts = [this.#sequence(depth)];
    while (this.#take('|')) parts.push(this.#sequence(depth));
    // A flag holds up to the end of its group.
    this.#ignoreCase = ignoreCase;
    return parts.length === 1 ? parts[0] : { kind: 'choice', parts };
  }

  #sequence(depth: number): Pattern {
    const parts: Pattern[] = [];
    while (!this.atEnd && !this.#sees('|') && !this.#sees(')')) {
      const from = this.at;
      const part = this.#atom(depth);
      parts.push(this.#repeated(part, from));
    }
    return { kind: 'sequence', parts };
  }

  #atom(depth: number): Pattern {
    if (this.#take('(')) return this.#group(depth);
    if (this.#take('[')) return { kind: 'char', test: this.#class() };
    if (this.#take('.')) return { kind: 'char', test: () => true };
    if (this.#take('^')) return { kind: 'assert', assertion: 'start' };
    if (this.#take('$')) return { kind: 'assert', assertion: 'end' };
    if (this.#sees('\\')) {
      const assertion = ASSERTIONS[this.#text[this.at + 1]];
      if (assertion) {
        this.at += 2;
        return { kind: 'assert', assertion };
      }
    }
    if (/[*+?]/.test(this.#text[this.at])) throw new PatternError('there is nothing to repeat here', this.at);
    return { kind: 'char', test: this.#folded(this.#single()) };
  }

  /** Behind `(`. */
  #group(depth: number): Pattern {
    const open = this.at - 1;
    const head = /^\?(?:P?<\w+>|([isU]*(?:-i)?)([:)]))/.exec(this.#text.slice(this.at));
    if (this.#sees('?') && !head) throw new PatternError('this kind of group is not known here', open);
    const outside = this.#ignoreCase;
    if (head) {
      this.at += head[0].length;
      const [on, off = ''] = (head[1] ?? '').split('-');
      if (on.includes('i')) this.#ignoreCase = true;
      if (off.includes('i')) this.#ignoreCase = false;
      if (head[2] === ')') return { kind: 'sequence', parts: [] };
    }
    const pattern = this.choice(depth + 1);
    this.#ignoreCase = outside;
    if (!this.#take(')')) throw new PatternError('this group is not closed', open);
    return pattern;
  }

  #repeated(part: Pattern, start: number): Pattern {
    const range = this.#range();
    if (range === null) return part;
    const [from, to] = range;
    if (part.kind === 'assert') throw new PatternError('there is nothing to repeat here', start);
    if (Math.max(from, to === Infinity ? 0 : to) > MOST_REPEATS || to < from)
      throw new PatternError(`a repetition counts up to ${MOST_REPEATS}, the smaller number first`, start);
    // Lazy or not: over the whole text both match the same.
    this.#take('?');
    if (/^[*+?]/.test(this.#text.slice(this.at)))
      throw new PatternError('there is nothing to repeat here', this.at);
    return { kind: 'repeat', part, from, to };
  }

  /** null: nothing is repeated here; a brace that is none is a character. */
  #range(): readonly [from: number, to: number] | null {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    const counts = /^\{(\d+)(,?)(\d*)\}/.exec(this.#text.slice(this.at));
    if (!counts) return null;
    this.at += counts[0].length;
    const from = Number(counts[1]);
    if (counts[2] === '') return [from, from];
    return [from, counts[3] === '' ? Infinity : Number(counts[3])];
  }

  /** Behind `[`. */
  #class(): CharTest {
    const open = this.at - 1;
    const negated = this.#take('^');
    const tests: CharTest[] = [];
    do {
      if (this.atEnd) throw new PatternError('this class is not closed', open);
      if (this.#sees('[:')) throw new PatternError('POSIX classes are not known here', this.at);
      tests.push(this.#classPart());
    } while (!this.#take(']'));
    const test = this.#folded((c) => tests.some((part) => part(c)));
    return negated ? (c) => !test(c) : test;
  }

  #classPart(): CharTest {
    const start = this.at;
    const low = this.#escapedClass() ?? this.#codePoint();
    if (typeof low !== 'number') return low;
    if (!this.#sees('-') || this.#sees('-]')) return (c) => c === low;
    this.at++;
    const high = this.#escapedClass() ?? this.#codePoint();
    if (typeof high !== 'number' || high < low)
      throw new PatternError('this is no range of characters', start);
    return (c) => c >= low && c <= high;
  }

  #single(): CharTest {
    const single = this.#escapedClass() ?? this.#codePoint();
    return typeof single === 'number' ? (c) => c === single : single;
  }

  /** `\d`, `\pL`, `\p{Greek}`, `\P{…}`; null: none of these stands here. */
  #escapedClass(): CharTest | null {
    const rest = this.#text.slice(this.at, this.at + 40);
    const simple = /^\\([dwsDWS])/.exec(rest);
    if (simple) {
      this.at += 2;
      return CLASSES[simple[1]];
    }
    const property = /^\\([pP])(?:([A-Z])|\{(\^?)(\w+)\})/.exec(rest);
    if (!property) return null;
    const test = propertyTest(property[2] ?? property[4], this.at);
    this.at += property[0].length;
    return (property[1] === 'P') !== (property[3] === '^') ? (c) => !test(c) : test;
  }

  /** One character, written as itself or escaped. */
  #codePoint(): number {
    const start = this.at;
    const code = this.#text.codePointAt(start) ?? 0;
    this.at += code > 0xffff ? 2 : 1;
    if (code !== 92) return code;
    const escape = /^(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]{1,6})\}|([afnrtv])|([^\p{L}\p{N}]))/u.exec(
      this.#text.slice(this.at, this.at + 12),
    );
    if (!escape) throw new PatternError('this escape is not known here', start);
    this.at += escape[0].length;
    const hex = escape[1] ?? escape[2];
    if (hex !== undefined) return parseInt(hex, 16);
    return escape[3] === undefined ? (escape[4].codePointAt(0) ?? 0) : CONTROLS[escape[3]];
  }

  #folded(test: CharTest): CharTest {
    if (!this.#ignoreCase) return test;
    return (c) => {
      const char = String.fromCodePoint(c);
      return test(c) || test(codeOf(char.toLowerCase())) || test(codeOf(char.toUpperCase()));
    };
  }

  #sees(text: string): boolean {
    return this.#text.startsWith(text, this.at);
  }

  #take(text: string): boolean {
    if (!this.#sees(text)) return false;
    this.at += text.length;
    return true;
  }
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}

/** A general category or a script, which JavaScript spells `Script=Greek`. */
function propertyTest(name: string, at: number): CharTest {
  for (const property of [name, `Script=${name}`]) {
    const pattern = unicodePattern(property);
    if (pattern) return (c) => pattern.test(String.fromCodePoint(c));
  }
  throw new PatternError(`there is no class of characters named ${name}`, at);
}

function unicodePattern(property: string): RegExp | null {
  try {
    return new RegExp(`^\\p{${property}}$`, 'u');
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}
