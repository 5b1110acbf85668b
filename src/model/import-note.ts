/** Counted remarks about the data: kind, count, first example (SEMANTICS.md §10). */
import type { ImportNote } from './dataset.ts';

export interface NotePlace {
  /** Byte offset in the decompressed file; null where unknown. */
  readonly bytePosition: number | null;
  /** 1-based; null where unknown. */
  readonly line: number | null;
}

export interface NoteSink {
  /** `count` is the number of records concerned; the message of the first call with this code is kept. */
  note(code: string, effect: ImportNote['effect'], message: string, place: NotePlace, count?: number): void;
}

/** Collects notes: one entry per code. */
export class Notes implements NoteSink {
  readonly #byCode = new Map<string, ImportNote>();

  note(code: string, effect: ImportNote['effect'], message: string, place: NotePlace, count = 1): void {
    const known = this.#byCode.get(code);
    this.#byCode.set(
      code,
      known ? { ...known, count: known.count + count } : { code, effect, count, message, ...place },
    );
  }

  list(): ImportNote[] {
    return [...this.#byCode.values()];
  }
}

/** Joins the notes of several parts of one file; the earliest example is kept. */
export function mergeNotes(parts: readonly (readonly ImportNote[])[]): ImportNote[] {
  const merged = new Map<string, ImportNote>();
  for (const note of parts.flat()) {
    const known = merged.get(note.code);
    if (!known) merged.set(note.code, note);
    else {
      const first = (known.bytePosition ?? 0) <= (note.bytePosition ?? 0) ? known : note;
      merged.set(note.code, { ...first, count: known.count + note.count });
    }
  }
  return [...merged.values()];
}
