/** Counted remarks about the data: kind, count, where and why (SEMANTICS.md §10). */
import { describeCount } from '../util/text.ts';
import type { ImportNote, NoteExample } from './dataset.ts';

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

/** Of the records of a note that were left out, so many are told one by one: a file may be nothing but these. */
export const EXAMPLES_KEPT = 500;

interface Tally extends Pick<ImportNote, 'code' | 'effect'> {
  count: number;
  readonly examples: NoteExample[];
}

/** Collects notes: one entry per code. */
export class Notes implements NoteSink {
  readonly #byCode = new Map<string, Tally>();

  note(
    code: string,
    effect: ImportNote['effect'],
    message: string,
    { bytePosition, line }: NotePlace,
    count = 1,
  ): void {
    const tally = this.#tally(code, effect);
    tally.count += count;
    const most = effect === 'kept' ? 1 : EXAMPLES_KEPT;
    if (tally.examples.length < most) tally.examples.push({ message, bytePosition, line, count });
  }

  /** What another collector has; the earliest example comes first. */
  add(note: ImportNote): void {
    const tally = this.#tally(note.code, note.effect);
    tally.count += note.count;
    const examples = [...tally.examples, ...examplesOf(note)];
    examples.sort((a, b) => (a.bytePosition ?? 0) - (b.bytePosition ?? 0));
    tally.examples.splice(0, Infinity, ...examples.slice(0, note.effect === 'kept' ? 1 : EXAMPLES_KEPT));
  }

  list(): ImportNote[] {
    return [...this.#byCode.values()].map(({ code, effect, count, examples }) => {
      const { message, bytePosition, line } = examples[0];
      const note = { code, effect, count, message, bytePosition, line };
      return examples.length > 1 ? { ...note, examples } : note;
    });
  }

  #tally(code: string, effect: ImportNote['effect']): Tally {
    let tally = this.#byCode.get(code);
    if (!tally) this.#byCode.set(code, (tally = { code, effect, count: 0, examples: [] }));
    return tally;
  }
}

/** Joins the notes of several parts of one file. */
export function mergeNotes(parts: readonly (readonly ImportNote[])[]): ImportNote[] {
  const merged = new Notes();
  for (const note of parts.flat()) merged.add(note);
  return merged.list();
}

/** All of its records that are known one by one, at least the first. */
export function examplesOf(note: ImportNote): readonly NoteExample[] {
  const { message, bytePosition, line, count } = note;
  return note.examples ?? [{ message, bytePosition, line, count }];
}

/** Something of these notes has a place whose line is not known yet. */
export function lackLines(notes: readonly ImportNote[]): boolean {
  return notes.flatMap(examplesOf).some((one) => one.line === null && one.bytePosition !== null);
}

/** `line 12, byte 3,456`; '' where the place is unknown. */
export function describePlace({ line, bytePosition }: NotePlace): string {
  const parts = [
    ...(line === null ? [] : [`line ${describeCount(line)}`]),
    ...(bytePosition === null ? [] : [`byte ${describeCount(bytePosition)}`]),
  ];
  return parts.join(', ');
}
