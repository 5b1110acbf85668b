/** Remarks of a reader, placed where the cursor stands. */
import type { JsonCursor } from '../util/json-cursor.ts';
import type { ImportNote } from '../model/dataset.ts';
import type { NoteSink } from '../model/import-note.ts';

export class RecordNotes {
  readonly #cursor: JsonCursor;
  readonly #notes: NoteSink;

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
    this.at(this.#cursor.base + this.#cursor.checkpoint, code, effect, message);
  }

  at(bytePosition: number, code: string, effect: ImportNote['effect'], message: string): void {
    this.#notes.note(code, effect, message, { bytePosition, line: null });
  }
}
