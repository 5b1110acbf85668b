/**
 * Streams of JSON documents, however they are put together: one document, JSON Lines, one after another,
 * pretty-printed, with RS or commas between them, with a logger's prefix before each (FORMATS.md §1.4).
 * A format says how one document is read (DocumentReader); this file refills the window and, where a
 * document is broken, finds the next one.
 */
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  encodeText,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  RECORD_SEPARATOR,
} from '../util/bytes.ts';
import { JsonCursor, JsonSyntaxError, NEED_MORE } from '../util/json-cursor.ts';
import type { RecordNotes } from './record-notes.ts';
import type { ByteSource } from './source.ts';

/** Reads the levels of one document. */
export interface DocumentReader {
  /** A document begins at the cursor, with { or [. */
  begin(): void;
  /**
   * Reads on; true: the document is complete. Begins with `cursor.checkpoint = cursor.pos` and must leave
   * its own state as it was when NEED_MORE is thrown after that: it is called again from there.
   */
  step(): boolean;
  /** What was begun since the checkpoint is undone: it is read again, or given up. */
  undo(): void;
  /** The document is given up. */
  abandon(): void;
}

/** Where the reading stands between two documents. */
type Place = 'between' | 'inside' | 'broken line' | 'broken document';

/** What a log line may have before its document: the first keys of documents worth looking for. */
const DOCUMENT_STARTS = ['{"resource', '{ "resource', '{"scopeSpans', '{"data":[', '{"traceID'].map(
  encodeText,
);
/** The bit that makes an ASCII letter small. */
const SMALL = 0x20;
const LETTER_A = 0x61;
const LETTER_Z = 0x7a;
/** Of true, false, null, NaN and Infinity, in small letters. */
const FIRST_LETTERS = [...encodeText('tfni')];
/** A document over several lines breaks the first of them before: to look through all of a long one costs a twentieth. */
const LINES_BEGIN_WITHIN = 262_144;
/** A line without a document in it is given up after so many bytes. */
const PREFIX_LIMIT = 65_536;

export class JsonDocuments {
  readonly #cursor: JsonCursor;
  readonly #reader: DocumentReader;
  readonly #notes: RecordNotes;
  #place: Place = 'between';
  /** Position in the stream of the document being read. */
  #start = 0;
  /** A line break is in what the window has forgotten of the document. */
  #hasLines = false;
  #wasBroken = false;

  constructor(tools: { cursor: JsonCursor; reader: DocumentReader; notes: RecordNotes }) {
    this.#cursor = tools.cursor;
    this.#reader = tools.reader;
    this.#notes = tools.notes;
  }

  /** Reads the source to its end. */
  async read(source: ByteSource): Promise<void> {
    const cursor = this.#cursor;
    let atStart = true;
    for (;;) {
      const wanted = 2 * (cursor.end - cursor.checkpoint);
      do {
        const chunk = await source.next();
        if (atStart) cursor.base = source.base;
        atStart = false;
        if (chunk) cursor.append(chunk);
        else cursor.final = true;
        // A record that did not fit is begun again only when there is twice as much of it.
      } while (!cursor.final && cursor.end < wanted);
      if (this.#readWindow()) return;
    }
  }

  /** True: nothing more will come. */
  #readWindow(): boolean {
    const cursor = this.#cursor;
    for (;;) {
      try {
        while (this.#advance());
        this.#notes.flush();
        return true;
      } catch (error) {
        if (error === NEED_MORE) {
          this.#undo();
          this.#hasLines = this.#isOverLines(cursor.checkpoint);
          cursor.pos = cursor.checkpoint;
          return false;
        }
        if (!(error instanceof JsonSyntaxError)) throw error;
        this.#recover(error);
      }
    }
  }

  /** The record under way has not happened. */
  #undo(): void {
    this.#reader.undo();
    this.#notes.undo();
    this.#notes.flush();
  }

  /** False: the end of the stream. */
  #advance(): boolean {
    if (this.#place === 'inside') {
      while (!this.#reader.step());
      this.#place = 'between';
    } else if (this.#place === 'between') return this.#begin();
    else this.#skipBroken();
    return true;
  }

  #begin(): boolean {
    const cursor = this.#cursor;
    const c = this.#skipSeparators();
    cursor.checkpoint = cursor.pos;
    if (cursor.pos >= cursor.end) {
      if (cursor.final) return false;
      throw NEED_MORE;
    }
    if (c === OPEN_BRACE || (c === OPEN_BRACKET && !this.#isPrefix())) {
      this.#start = cursor.position;
      this.#hasLines = false;
      this.#reader.begin();
      this.#place = 'inside';
    } else if (this.#wasBroken && (c === CLOSE_BRACE || c === CLOSE_BRACKET)) cursor.pos++;
    else this.#findInLine();
    return true;
  }

  /** A logger's bracket, `[otel.javaagent 2024-…]`, and no list. */
  #isPrefix(): boolean {
    const { bytes, pos, end, final } = this.#cursor;
    if (pos + 1 >= end && !final) throw NEED_MORE;
    const next = bytes[pos + 1] | SMALL;
    return pos + 1 < end && next >= LETTER_A && next <= LETTER_Z && !FIRST_LETTERS.includes(next);
  }

  #skipSeparators(): number {
    const cursor = this.#cursor;
    for (;;) {
      const c = cursor.skipSpace();
      const isBom = c === 0xef || c === 0xbb || c === 0xbf;
      if (c !== COMMA && c !== RECORD_SEPARATOR && !isBom) return c;
      cursor.pos++;
    }
  }

  /** Text that is not JSON: a document may follow in the same line. */
  #findInLine(): void {
    const cursor = this.#cursor;
    const { bytes, pos, end } = cursor;
    const newline = bytes.indexOf(NEWLINE, pos);
    const lineEnds = newline >= 0 && newline < end;
    // No farther, even where the window shows more: what is found must not depend on where the window ends.
    const to = Math.min(lineEnds ? newline : end, pos + PREFIX_LIMIT);
    for (
      let at = bytes.indexOf(OPEN_BRACE, pos);
      at >= 0 && at < to;
      at = bytes.indexOf(OPEN_BRACE, at + 1)
    ) {
      const found = at;
      if (DOCUMENT_STARTS.some((start) => start.every((byte, i) => bytes[found + i] === byte))) {
        cursor.pos = at;
        return;
      }
    }
    if (!lineEnds && !cursor.final && to - pos < PREFIX_LIMIT) throw NEED_MORE;
    this.#notes.record('not-json', 'skipped', 'A line is neither JSON nor holds any.');
    this.#place = 'broken line';
  }

  /** To the end of the line; of a document over several lines: to the next line that begins like one. */
  #skipBroken(): void {
    const cursor = this.#cursor;
    const { bytes, end } = cursor;
    for (;;) {
      const newline = bytes.indexOf(NEWLINE, cursor.pos);
      if (newline < 0 || newline >= end) {
        cursor.pos = cursor.checkpoint = end;
        if (!cursor.final) throw NEED_MORE;
        this.#place = 'between';
        return;
      }
      cursor.pos = newline;
      cursor.checkpoint = newline;
      if (this.#place === 'broken document' && newline + 1 >= end && !cursor.final) throw NEED_MORE;
      cursor.pos = newline + 1;
      const c = bytes[newline + 1];
      if (this.#place === 'broken line' || c === OPEN_BRACE || c === OPEN_BRACKET) {
        this.#place = 'between';
        return;
      }
    }
  }

  /**
   * A document is broken. Spans closed before are kept. Reading goes on at the first line within it that
   * begins like a document (a line of JSON Lines may lack its end), else after it.
   */
  #recover(error: JsonSyntaxError): void {
    const cursor = this.#cursor;
    this.#undo();
    this.#reader.abandon();
    if (error.truncated) {
      this.#notes.at(error.position, 'truncated', 'rejected', 'The file ends in the middle of a document.');
    } else {
      this.#notes.at(error.position, 'json-syntax', 'rejected', `Not valid JSON: ${error.message}.`);
    }
    // This will not be read again.
    this.#notes.flush();
    const { bytes } = cursor;
    const brokenAt = error.position - cursor.base;
    this.#wasBroken = true;
    let newline = bytes.indexOf(NEWLINE, cursor.checkpoint);
    for (; newline >= 0 && newline < brokenAt; newline = bytes.indexOf(NEWLINE, newline + 1)) {
      const c = bytes[newline + 1];
      if (c !== OPEN_BRACE && c !== OPEN_BRACKET) continue;
      cursor.pos = cursor.checkpoint = newline + 1;
      this.#place = 'between';
      return;
    }
    this.#place = this.#isOverLines(brokenAt) ? 'broken document' : 'broken line';
    cursor.pos = cursor.checkpoint = brokenAt;
  }

  /** The document has a line break before this place in the window. */
  #isOverLines(to: number): boolean {
    if (this.#hasLines || this.#place !== 'inside') return this.#hasLines;
    const { bytes, base } = this.#cursor;
    const from = this.#start - base;
    const end = Math.min(to, from + LINES_BEGIN_WITHIN);
    return end > 0 && bytes.subarray(Math.max(0, from), end).indexOf(NEWLINE) >= 0;
  }
}
