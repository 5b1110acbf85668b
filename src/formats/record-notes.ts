/**
 * Remarks of a reader, placed where the cursor stands. They are held back until the record they are about is
 * complete: a record that the window's end cuts in two is read twice.
 */
import type { CursorRemark, JsonCursor } from '../util/json-cursor.ts';
import type { ImportNote } from '../model/dataset.ts';
import type { NoteSink } from '../model/import-note.ts';

interface HeldNote {
  /** Where the record began. */
  readonly record: number;
  readonly bytePosition: number;
  readonly code: string;
  readonly effect: ImportNote['effect'];
  readonly message: string;
  count: number;
}

const REMARKS: Readonly<Record<CursorRemark, string>> = {
  'invalid-utf8': 'Bytes that are not valid UTF-8 were replaced by “\uFFFD”.',
  'lone-surrogate': 'Half a surrogate pair in a text was replaced by “\uFFFD”.',
  'deep-value': 'A value was cut where it is nested very deep.',
};

export class RecordNotes {
  readonly #cursor: JsonCursor;
  readonly #notes: NoteSink;
  #held: HeldNote[] = [];

  constructor(cursor: JsonCursor, notes: NoteSink) {
    this.#cursor = cursor;
    this.#notes = notes;
    cursor.onRemark = (remark, position) => {
      this.at(position, remark, 'kept', REMARKS[remark]);
    };
  }

  /** A remark about the record that began at the last checkpoint. */
  record(code: string, effect: ImportNote['effect'], message: string): void {
    this.at(this.#checkpoint, code, effect, message);
  }

  at(bytePosition: number, code: string, effect: ImportNote['effect'], message: string): void {
    const record = this.#checkpoint;
    // Of what was kept one place is told, and a text may be nothing but such bytes.
    const same = effect === 'kept' ? this.#heldOf(record, code) : undefined;
    if (same) same.count++;
    else this.#held.push({ record, bytePosition, code, effect, message, count: 1 });
  }

  /** The record that began at the last checkpoint is read again, or given up. */
  undo(): void {
    const record = this.#checkpoint;
    this.#held = this.#held.filter((note) => note.record !== record);
  }

  #heldOf(record: number, code: string): HeldNote | undefined {
    for (let i = this.#held.length - 1; i >= 0 && this.#held[i].record === record; i--) {
      if (this.#held[i].code === code) return this.#held[i];
    }
    return undefined;
  }

  /** Hands on what is held back. */
  flush(): void {
    for (const { code, effect, message, bytePosition, count } of this.#held) {
      this.#notes.note(code, effect, message, { bytePosition, line: null }, count);
    }
    this.#held = [];
  }

  get #checkpoint(): number {
    return this.#cursor.base + this.#cursor.checkpoint;
  }
}
