/** Reads a file as the ingest workers do: plan, parts, segments. */
import { DatasetAssembler } from '../../src/assembly/dataset-assembler.ts';
import type { AssembledDataset } from '../../src/assembly/dataset-assembler.ts';
import { SegmentBuilder } from '../../src/columns/segment-builder.ts';
import { planFile } from '../../src/formats/plan-file.ts';
import { readPart } from '../../src/formats/read-part.ts';
import type { ImportNote } from '../../src/model/dataset.ts';
import { Notes } from '../../src/model/import-note.ts';

export interface ReadFiles extends AssembledDataset {
  readonly notes: readonly ImportNote[];
  readonly refusals: readonly string[];
}

/** Assembles the files in the order given. */
export async function readFiles(files: readonly File[]): Promise<ReadFiles> {
  const assembler = new DatasetAssembler();
  const notes = new Notes();
  const refusals: string[] = [];
  for (const [number, file] of files.entries()) {
    const plan = await planFile(file, file.name);
    if (plan.refusal !== null) refusals.push(plan.refusal);
    for (const [partNumber, part] of plan.parts.entries()) {
      let seq = 0;
      const builder = new SegmentBuilder((segment) =>
        assembler.add(segment, { file: number, part: partNumber, seq: seq++ }),
      );
      await readPart(file, plan, part, builder, notes);
      builder.finish();
    }
  }
  return { ...assembler.finish(), notes: notes.list(), refusals };
}
