/** What the summary says about the files of an import, and what the dataset is called. */
import type { ImportNote, SourceFile } from '../src/model/dataset.ts';
import type { FileFinding } from '../src/model/import-choice.ts';
import { describeCut } from '../src/formats/file-finding.ts';
import { describePlace, mergeNotes } from '../src/model/import-note.ts';
import type { PlannedFile } from './thread-api.ts';

/** One file being read; `notes` by part, in the end one list for the whole file. */
export interface FileTally {
  readonly planned: PlannedFile;
  spans: number;
  notes: (readonly ImportNote[])[];
}

export function sourceFile({ planned, spans, notes }: FileTally): SourceFile {
  const merged = mergeNotes(notes);
  const rejected = merged.reduce((sum, note) => sum + (note.effect === 'rejected' ? note.count : 0), 0);
  const file = {
    name: planned.name,
    sizeBytes: planned.sizeBytes,
    format: planned.format,
    containers: planned.containers,
    records: spans + rejected,
    rejected,
    notes: merged,
    refusal: planned.refusal,
    ...withCut(planned.plan.finding, spans + rejected),
  };
  return file.refusal === null && spans === 0 ? { ...file, refusal: describeEmpty(file) } : file;
}

/** How many records there are is only known in the end. */
function withCut(finding: FileFinding | undefined, records: number): Pick<SourceFile, 'finding'> {
  const cut = describeCut(records);
  if (!finding || cut === null) return { finding };
  return { finding: { ...finding, warnings: [...finding.warnings, cut] } };
}

/** Why none of the files gave a span: a sentence per file. */
export function describeNothingRead(files: readonly SourceFile[]): string {
  if (files.length === 0) return 'No file was given.';
  return files.map((file) => `${file.name}: ${file.refusal}`).join('\n');
}

function describeEmpty(file: SourceFile): string {
  const what = file.format === null ? 'no spans in it' : `${file.format} without spans`;
  const reasons = file.notes.map((note) => {
    const place = describePlace(note);
    const sentence = note.message.replace(/\.$/, '');
    return place === '' ? sentence : `${sentence} (${note.count > 1 ? 'first at ' : ''}${place})`;
  });
  return [what, ...reasons].join('; ');
}

/** 'a.json', 'a.json + 3 more'; with a number where `taken` has it already. */
export function datasetName(files: readonly SourceFile[], taken: ReadonlySet<string>): string {
  const read = files.filter((file) => file.records > file.rejected);
  const first = read[0].name;
  const name = read.length === 1 ? first : `${first} + ${read.length - 1} more`;
  if (!taken.has(name)) return name;
  let n = 2;
  while (taken.has(`${name} (${n})`)) n++;
  return `${name} (${n})`;
}
