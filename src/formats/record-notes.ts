/**
 * Remarks of a reader, placed where the cursor stands. They are held back until the record they are about is
 * complete: a record that the window's end cuts in two is read twice.
 */
import type { JsonCursor } from '../util/json-cursor.ts';
import type { ImportNote } from '../model/dataset.ts';
import type { NoteSink } from '../model/import-note.ts';

interface HeldNote {
  /** Where the record began. */
  readonly record: number;
  readonly bytePosition: number;
  readonly code: string;
  readonly effect: ImportNote['effect'];
  readonly message: string;
}

export class RecordNotes {
  readonly #cursor: JsonCursor;
  readonly #notes: NoteSink;
  #held: HeldNote[] = [];

  constructor(cursor: JsonCursor, notes: NoteSink) {
    this.#cursor = cursor;
    this.#notes = notes;
    cursor.onRemark = (remark, position) => {
      const message =
        remark === 'invalid-utf8'
          ? 'Bytes that are not valid UTF-8 were replaced by “\uFFFD”.'
          : 'Half a surrogate pair in a text was replaced by “\uFFFD”.';
      this.at(position, remark, 'kept', message);
    };
  }

  /** A remark about the record that began at the last checkpoint. */
  record(code: string, effect: ImportNote['effect'], message: string): void {
    this.at(this.#checkpoint, code, effect, message);
  }

  at(bytePosition: number, code: string, effect: ImportNote['effect'], message: string): void {
    this.#held.push({ record: this.#checkpoint, bytePosition, code, effect, message });
  }

  /** The record that began at the last checkpoint is read again, or given up. */
  undo(): void {
    const record = this.#checkpoint;
    this.#held = this.#held.filter((note) => note.record !== record);
  }

  /** Hands on what is held back. */
  flush(): void {
    for (const { code, effect, message, bytePosition } of this.#held) {
      this.#notes.note(code, effect, message, { bytePosition, line: null });
    }
    this.#held = [];
  }

  get #checkpoint(): number {
    return this.#cursor.base + this.#cursor.checkpoint;
  }
}
