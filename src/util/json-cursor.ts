/**
 * A cursor over JSON bytes in a window that is refilled. Whoever reads sets `checkpoint` to the start of
 * a record; when the window ends inside it, NEED_MORE is thrown, the window is moved on to the
 * checkpoint and filled up, and reading starts there again.
 */
import {
  BACKSLASH,
  ByteBuffer,
  type ByteRun,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  encodeInto,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  sameBytes,
  SLACK_BYTES,
  viewOf,
} from './bytes.ts';
import { JsonSkipper } from './json-skipper.ts';
import {
  characterLength,
  escapedByte,
  isScalar,
  PLAIN,
  readHex4,
  REPLACEMENT,
  SCALAR,
  writeCodePoint,
} from './json-text.ts';

/** Thrown ready-made, so that no stack is captured each time. */
export const NEED_MORE = new Error('the window ends here');

/** The text is not JSON, or (truncated) ends in the middle. Positions count from the start of the stream. */
export class JsonSyntaxError extends SyntaxError {
  readonly position: number;
  readonly truncated: boolean;

  constructor(reason: string, position: number, truncated: boolean) {
    super(reason);
    this.position = position;
    this.truncated = truncated;
  }
}

/** A text had to be repaired, or (by whoever reads at the cursor) a value to be cut. */
export type CursorRemark = 'lone-surrogate' | 'invalid-utf8' | 'deep-value';

export class JsonCursor {
  bytes: Uint8Array = new Uint8Array(SLACK_BYTES);
  view: DataView = viewOf(this.bytes);
  pos = 0;
  /** Bytes in the window; SLACK_BYTES zeros follow. */
  end = 0;
  /** Position of bytes[0] in the stream. */
  base = 0;
  /** The stream ends with this window. */
  final = false;
  /** Everything before may be forgotten. */
  checkpoint = 0;

  /** The text read last: text[from, to), valid until the next read. Without quotes and escapes. */
  text: Uint8Array = this.bytes;
  from = 0;
  to = 0;

  /** Called for each of these. */
  onRemark: (remark: CursorRemark, position: number) => void = () => {};
  /** How many texts had to be repaired. What contains such a text is not to be recognised by its bytes later on. */
  repairs = 0;

  readonly #scratch = new ByteBuffer();
  readonly #skipper = new JsonSkipper();

  /** Forgets what is before the checkpoint and adds a chunk. */
  append(chunk: Uint8Array): void {
    const kept = this.end - this.checkpoint;
    const length = kept + chunk.length;
    if (length + SLACK_BYTES > this.bytes.length) {
      const grown = new Uint8Array(length + SLACK_BYTES + (kept > 0 ? length >> 1 : 0));
      grown.set(this.bytes.subarray(this.checkpoint, this.end));
      this.bytes = grown;
      this.view = viewOf(grown);
    } else this.bytes.copyWithin(0, this.checkpoint, this.end);
    this.bytes.set(chunk, kept);
    this.bytes.fill(0, length, length + SLACK_BYTES);
    this.base += this.checkpoint;
    this.pos -= this.checkpoint;
    this.checkpoint = 0;
    this.end = length;
  }

  /** The stream is this text, and nothing else. */
  takeText(text: string): void {
    // A UTF-16 unit takes three bytes at most.
    this.#makeRoom(text.length * 3);
    this.#begin(encodeInto(text, this.bytes));
  }

  /** The stream is these bytes, and nothing else. */
  takeBytes(bytes: Uint8Array, from: number, to: number): void {
    this.#makeRoom(to - from);
    this.bytes.set(bytes.subarray(from, to));
    this.#begin(to - from);
  }

  #makeRoom(length: number): void {
    if (length + SLACK_BYTES <= this.bytes.length) return;
    this.bytes = new Uint8Array(length + SLACK_BYTES);
    this.view = viewOf(this.bytes);
  }

  #begin(length: number): void {
    this.bytes.fill(0, length, length + SLACK_BYTES);
    this.end = length;
    this.pos = this.base = this.checkpoint = 0;
    this.final = true;
  }

  /** Position in the stream of the next byte. */
  get position(): number {
    return this.base + this.pos;
  }

  /** Not what the grammar wants; at the end of the window: not yet. */
  fail(reason: string): never {
    if (this.pos < this.end) throw new JsonSyntaxError(reason, this.position, false);
    if (!this.final) throw NEED_MORE;
    throw new JsonSyntaxError('the text ends in the middle', this.position, true);
  }

  /** Steps over white space; the byte after it (0 at the end of the window). */
  skipSpace(): number {
    const bytes = this.bytes;
    let p = this.pos;
    let c = bytes[p];
    while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) c = bytes[++p];
    this.pos = p;
    return c;
  }

  /** As skipSpace, but something must follow. */
  peek(): number {
    const c = this.skipSpace();
    if (this.pos >= this.end) this.fail('');
    return c;
  }

  /** Nothing but white space may follow. */
  expectEnd(): void {
    this.skipSpace();
    if (this.pos < this.end) this.fail('the end expected');
  }

  /** True, and stepped over: these bytes come next. */
  matches(run: ByteRun): boolean {
    const { length, view } = run;
    const p = this.pos;
    if (p + length > this.end || !sameBytes(this.view, p, view, 0, length)) return false;
    this.pos = p + length;
    return true;
  }

  /** The rest of a string whose opening quote has been read → text; after its closing quote. */
  string(): void {
    const bytes = this.bytes;
    let p = this.pos;
    while (PLAIN[bytes[p]] === 1) p++;
    if (bytes[p] !== QUOTE) {
      this.#awkwardString(p);
      return;
    }
    this.text = bytes;
    this.from = this.pos;
    this.to = p;
    this.pos = p + 1;
  }

  /** A number, true, false, null (or NaN, Infinity) → text. */
  scalar(): void {
    const bytes = this.bytes;
    const start = this.pos;
    let p = start;
    while (SCALAR[bytes[p]] === 1) p++;
    if (p >= this.end && !this.final) throw NEED_MORE;
    if (p === start || !isScalar(bytes, start, p)) {
      if (p >= this.end) this.#endsAt(p);
      this.fail('a value expected');
    }
    this.text = bytes;
    this.from = start;
    this.to = p;
    this.pos = p;
  }

  /** The number or word that begins here reaches the end of the window, and more may follow. */
  scalarMayGoOn(): boolean {
    if (this.final || SCALAR[this.bytes[this.pos]] === 0) return false;
    let p = this.pos;
    while (SCALAR[this.bytes[p]] === 1) p++;
    return p >= this.end;
  }

  /** Steps over a value; quoted: its opening quote has been read already. */
  skipValue(quoted = false): void {
    if (quoted) {
      this.#skipper.begin(true);
    } else {
      const c = this.peek();
      if (c !== OPEN_BRACE && c !== OPEN_BRACKET && c !== QUOTE) {
        this.scalar();
        return;
      }
      this.#skipper.begin();
    }
    if (!this.#skipper.run(this)) {
      this.pos = this.end;
      this.fail('');
    }
  }

  /** In an array: true when another element follows; false, and stepped over, at its end. */
  nextElement(first: boolean): boolean {
    let c = this.peek();
    if (c === COMMA && !first) {
      this.pos++;
      c = this.peek();
    } else if (!first && c !== CLOSE_BRACKET) this.fail('“,” or “]” expected');
    if (c === CLOSE_BRACKET) {
      this.pos++;
      return false;
    }
    if (c === CLOSE_BRACE || c === COMMA) this.fail('a value expected');
    return true;
  }

  /** In an object: true, key → text and its colon read; false, and stepped over, at its end. */
  nextKey(first: boolean): boolean {
    let c = this.peek();
    if (!first && c !== CLOSE_BRACE) {
      if (c !== COMMA) this.fail('“,” or “}” expected');
      this.pos++;
      c = this.peek();
    }
    if (c === CLOSE_BRACE) {
      this.pos++;
      return false;
    }
    if (c !== QUOTE) this.fail('a key in quotes expected');
    this.pos++;
    this.string();
    if (this.peek() !== COLON) this.fail('“:” expected');
    this.pos++;
    return true;
  }

  /** p: the first byte of the string that is not plain ASCII. */
  #awkwardString(p: number): void {
    const start = this.pos;
    const { bytes, end } = this;
    for (;;) {
      const c = bytes[p];
      if (c === QUOTE) break;
      if (c === BACKSLASH) return this.#copiedString(p);
      const length = c < 0x20 ? this.#controlCharacter(p) : characterLength(bytes, p, end);
      if (length === 0) return this.#copiedString(p);
      if (length < 0) this.#endsAt(end);
      p += length;
      while (PLAIN[bytes[p]] === 1) p++;
    }
    this.text = bytes;
    this.from = start;
    this.to = p;
    this.pos = p + 1;
  }

  /** Line breaks mean that the closing quote is missing; others are let through. */
  #controlCharacter(p: number): number {
    if (p >= this.end) this.#endsAt(this.end);
    if (this.bytes[p] === 0x0a || this.bytes[p] === 0x0d) {
      this.pos = p;
      this.fail('line break inside a text');
    }
    return 1;
  }

  #endsAt(p: number): never {
    this.pos = p;
    return this.fail('');
  }

  /** Unescapes into the scratch buffer; the string is good up to p. */
  #copiedString(p: number): void {
    const { bytes, end } = this;
    const out = this.#scratch;
    out.length = 0;
    out.copy(bytes, this.pos, p);
    for (;;) {
      const c = bytes[p];
      if (c === QUOTE) break;
      if (c === BACKSLASH) p = this.#escape(p);
      else {
        const length = c < 0x20 ? this.#controlCharacter(p) : characterLength(bytes, p, end);
        if (length < 0) this.#endsAt(end);
        if (length === 0) {
          this.#remark('invalid-utf8', p);
          writeCodePoint(out, REPLACEMENT);
          p++;
        } else {
          out.copy(bytes, p, p + length);
          p += length;
        }
      }
      const plain = p;
      while (PLAIN[bytes[p]] === 1) p++;
      if (p > plain) out.copy(bytes, plain, p);
    }
    this.text = out.bytes;
    this.from = 0;
    this.to = out.length;
    this.pos = p + 1;
  }

  /** The escape at p into the scratch buffer; the place after it. */
  #escape(p: number): number {
    if (p + 1 >= this.end) this.#endsAt(this.end);
    const letter = this.bytes[p + 1];
    const byte = escapedByte(letter);
    if (byte !== 0) {
      this.#scratch.byte(byte);
      return p + 2;
    }
    if (letter !== 0x75) {
      this.pos = p;
      this.fail('unknown escape in a text');
    }
    const code = this.#hex4(p + 2);
    if (code < 0xd800 || code > 0xdfff) {
      writeCodePoint(this.#scratch, code);
      return p + 6;
    }
    return this.#surrogate(p, code);
  }

  #surrogate(p: number, code: number): number {
    if (code < 0xdc00) {
      if (p + 7 >= this.end) this.#endsAtUnlessClosed(p + 6);
      if (this.bytes[p + 6] === BACKSLASH && this.bytes[p + 7] === 0x75) {
        const low = this.#hex4(p + 8);
        if (low >= 0xdc00 && low <= 0xdfff) {
          writeCodePoint(this.#scratch, 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00));
          return p + 12;
        }
      }
    }
    this.#remark('lone-surrogate', p);
    writeCodePoint(this.#scratch, REPLACEMENT);
    return p + 6;
  }

  #remark(remark: CursorRemark, p: number): void {
    this.repairs++;
    this.onRemark(remark, this.base + p);
  }

  #endsAtUnlessClosed(p: number): void {
    if (p >= this.end || this.bytes[p] !== QUOTE) this.#endsAt(this.end);
  }

  #hex4(p: number): number {
    if (p + 4 > this.end) this.#endsAt(this.end);
    const code = readHex4(this.bytes, p);
    if (code < 0) {
      this.pos = p;
      this.fail('four hex digits expected after “\\u”');
    }
    return code;
  }
}
