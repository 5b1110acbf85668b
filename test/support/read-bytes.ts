/** Bytes → spans, the whole way: plan, peel, read. */
import type { FilePlan } from '../../src/formats/file-plan.ts';
import type { ReadOptions } from '../../src/formats/open-part.ts';
import { planFile } from '../../src/formats/plan-file.ts';
import { readPart } from '../../src/formats/read-part.ts';
import type { ImportNote } from '../../src/model/dataset.ts';
import { mergeNotes, Notes } from '../../src/model/import-note.ts';
import type { Span } from '../../src/model/span.ts';
import { ListSink } from './list-sink.ts';

export interface Reading {
  readonly plan: FilePlan;
  readonly spans: readonly Span[];
  readonly notes: readonly ImportNote[];
}

/** Refused: no spans. Each part is read by a sink of its own, as workers do. */
export async function readWithListSink(
  bytes: Uint8Array,
  options: ReadOptions & { readonly partBytes?: number; readonly epochEvery?: number } = {},
): Promise<Reading> {
  const file = new Blob([new Uint8Array(bytes)]);
  const plan = await planFile(file, 'file', options.partBytes);
  const spans: Span[] = [];
  const notes: ImportNote[][] = [];
  for (const part of plan.parts) {
    const sink = new ListSink(options.epochEvery, plan.formatId === 'otlp-protobuf');
    const partNotes = new Notes();
    await readPart(file, plan, part, sink, partNotes, options);
    spans.push(...sink.spans());
    notes.push(partNotes.list());
  }
  return { plan, spans, notes: mergeNotes(notes) };
}
