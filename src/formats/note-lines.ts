/** Line numbers for notes. Counted afterwards and only where there is something to note: counting costs a pass. */
import { NEWLINE } from '../util/bytes.ts';
import type { ImportNote } from '../model/dataset.ts';
import { examplesOf, Notes, type NotePlace } from '../model/import-note.ts';
import type { FilePlan } from './file-plan.ts';
import { openPart, type ReadOptions } from './open-part.ts';
import { FORMATS } from './registry.ts';

/** The notes of a whole file (of all its parts, merged), with the lines of their positions. */
export async function numberLines(
  file: Blob,
  plan: FilePlan,
  notes: readonly ImportNote[],
  { signal, beforeChunk, nativeGunzip }: ReadOptions = {},
): Promise<ImportNote[]> {
  const positions = notes
    .flatMap(examplesOf)
    .filter(({ line }) => line === null)
    .map(({ bytePosition }) => bytePosition)
    .filter((position) => position !== null)
    .toSorted((a, b) => a - b);
  const isBinary = FORMATS.find(({ id }) => id === plan.formatId)?.isBinary ?? false;
  if (positions.length === 0 || isBinary) return [...notes];
  const whole: FilePlan = { ...plan, parts: [{ from: 0, to: file.size }] };
  const options = { signal, beforeChunk, nativeGunzip };
  const lines = await linesAt(positions, () =>
    openPart(file, { plan: whole, part: whole.parts[0] }, new Notes(), options),
  );
  const numbered = <T extends NotePlace>(one: T): T =>
    one.line !== null || one.bytePosition === null
      ? one
      : { ...one, line: lines.get(one.bytePosition) ?? null };
  return notes.map((note) =>
    note.examples ? { ...numbered(note), examples: note.examples.map(numbered) } : numbered(note),
  );
}

async function linesAt(
  positions: readonly number[],
  open: () => { next(): Promise<Uint8Array | null> },
): Promise<Map<number, number>> {
  const lines = new Map<number, number>();
  const source = open();
  let at = 0;
  let line = 1;
  let next = 0;
  for (let chunk = await source.next(); chunk && next < positions.length; chunk = await source.next()) {
    let from = 0;
    for (; next < positions.length && positions[next] <= at + chunk.length; next++) {
      const to = positions[next] - at;
      line += countLineBreaks(chunk, from, to);
      lines.set(positions[next], line);
      from = to;
    }
    line += countLineBreaks(chunk, from, chunk.length);
    at += chunk.length;
  }
  for (; next < positions.length; next++) lines.set(positions[next], line);
  return lines;
}

/** In bytes [from, to). */
function countLineBreaks(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at !== -1 && at < to; at = bytes.indexOf(NEWLINE, at + 1))
    count++;
  return count;
}
