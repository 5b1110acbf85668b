/** A planned part of a file → spans in a sink. */
import { Notes } from '../model/import-note.ts';
import type { SpanSink } from '../model/sink.ts';
import type { FilePart, FilePlan } from './file-plan.ts';
import { numberLines } from './note-lines.ts';
import { openPart, type ReadOptions } from './open-part.ts';
import { FORMATS } from './registry.ts';

/**
 * Reads one part of a file that planFile has accepted. Notes are handed on at the end; they bear line
 * numbers where the part begins with the file (see numberLines for the others).
 */
export async function readPart(
  file: Blob,
  plan: FilePlan,
  part: FilePart,
  sink: SpanSink,
  notes: Notes,
  options: ReadOptions = {},
): Promise<void> {
  const format = FORMATS.find(({ id }) => id === plan.formatId);
  if (!format) throw new Error(`no format “${plan.formatId}”`);
  const collected = new Notes();
  await format.read(openPart(file, { plan, part }, collected, options), sink, collected, plan);
  const list = collected.list();
  for (const note of part.from === 0 ? await numberLines(file, plan, list, options) : list) {
    notes.add(note);
  }
}
