/** What came of an import, in a few words; the data summary has the rest. */
import type { DatasetCounts, DatasetSummary, ImportNote, NoteExample, SourceFile } from '../model/dataset.ts';
import { describePlace, examplesOf } from '../model/import-note.ts';
import { describeCount, describeCountOf } from '../util/text.ts';
import { describeNearEpoch } from './describe-near-epoch.ts';
import type { Notice, NoticeTone } from './notices.ts';

/** Remarks about the wrapping of a whole file: what it lost has no record that could be counted. */
const WRAPPING_NOTE = /^(gzip|zstd|zip|tar)-/;
/** So many records are told one by one. */
const RECORDS_TOLD = 5;

/** `before`: the dataset that the files were added to, as it was; null: a new one. */
export function describeImport(now: DatasetSummary, before: DatasetSummary | null): Omit<Notice, 'id'> {
  const added = (count: keyof DatasetCounts) => (now.counts[count] ?? 0) - (before?.counts[count] ?? 0);
  const files = now.files.slice(before?.files.length ?? 0);
  const lost = [
    ...files.flatMap(fileTroubles),
    ...tellRejected(files),
    ...files.flatMap(tellOrphans),
    ...(now.stored ? [] : ['The data is kept in memory only and will not survive a reload.']),
  ];
  const remarks = [
    ...(now.range === null ? ['No request bears a time: there is nothing to draw over time.'] : []),
    ...files.flatMap(tellNearEpoch),
    ...tellSkipped(files),
  ];
  const read = before === null ? describeNew(now.counts) : describeAdded(added('spans'), added('duplicates'));
  const text = [read, ...describeLost(files, added('rejected'))].join('; ');
  const tone: NoticeTone = lost.length > 0 ? 'warning' : remarks.length > 0 ? 'info' : 'done';
  return { tone, text: `${text}.`, details: [...lost, ...remarks] };
}

function describeNew({ spans, traces, duplicates }: DatasetCounts): string {
  const again = duplicates === 0 ? '' : `; ${describeCountOf(duplicates, 'duplicate')}`;
  const ready = spans === 1 ? 'is ready' : 'are ready';
  return `${describeCountOf(spans, 'span')} in ${describeCountOf(traces, 'trace')} ${ready}${again}`;
}

function describeAdded(spans: number, duplicates: number): string {
  if (spans <= 0 && duplicates > 0)
    return `Nothing new: ${describeCountOf(duplicates, 'duplicate')} of spans that were there`;
  const again = duplicates <= 0 ? '' : `, ${describeCountOf(duplicates, 'duplicate')}`;
  return `${describeCountOf(spans, 'span')} added${again}`;
}

function describeLost(files: readonly SourceFile[], rejected: number): readonly string[] {
  const refused = files.filter(({ refusal }) => refusal !== null).length;
  return [
    ...(refused === 0
      ? []
      : [`${describeCount(refused)} of ${describeCountOf(files.length, 'file')} could not be read`]),
    ...(rejected <= 0 ? [] : [`${describeCountOf(rejected, 'record')} could not be read`]),
  ];
}

function fileTroubles({ name, refusal, notes }: SourceFile): readonly string[] {
  const wrapping = notes.filter(({ code }) => WRAPPING_NOTE.test(code)).map(({ message }) => message);
  return [...(refusal === null ? [] : [refusal]), ...wrapping].map((trouble) => `${name}: ${trouble}`);
}

/** File, place and reason of the first records that could not be read, and how many there are besides. */
function tellRejected(files: readonly SourceFile[]): readonly string[] {
  const notes = notesOf(files, 'rejected');
  const told = notes
    .flatMap(({ file, note }) => examplesOf(note).map((example) => ({ file, example })))
    .slice(0, RECORDS_TOLD);
  const count = notes.reduce((sum, { note }) => sum + note.count, 0);
  const more = count - told.reduce((sum, { example }) => sum + example.count, 0);
  return [
    ...told.map(({ file, example }) => tellExample(file, example, '')),
    ...(more === 0
      ? []
      : [`and ${describeCountOf(more, 'record')} more; the data summary says where and why.`]),
  ];
}

/** One line for each reason: what is no trace data is mostly meant to be left out. */
function tellSkipped(files: readonly SourceFile[]): readonly string[] {
  return notesOf(files, 'skipped').map(({ file, note }) =>
    tellExample(file, note, note.examples === undefined ? '' : 'first at '),
  );
}

function notesOf(
  files: readonly SourceFile[],
  effect: ImportNote['effect'],
): readonly { readonly file: string; readonly note: ImportNote }[] {
  // A refusal names the reasons already.
  return files
    .filter(({ refusal }) => refusal === null)
    .flatMap(({ name, notes }) =>
      notes.filter((note) => note.effect === effect).map((note) => ({ file: name, note })),
    );
}

function tellExample(file: string, example: NoteExample, before: string): string {
  const place = describePlace(example);
  const where = place === '' ? file : `${file}, ${before}${place}`;
  const records = example.count > 1 ? ` (${describeCountOf(example.count, 'record')})` : '';
  return `${where}${records}: ${example.message}`;
}

function tellNearEpoch({ name, counts }: SourceFile): readonly string[] {
  return counts?.nearEpoch ? [`${name}: ${describeNearEpoch(counts.nearEpoch)}`] : [];
}

function tellOrphans({ name, counts }: SourceFile): readonly string[] {
  const orphans = counts?.orphans ?? 0;
  if (orphans === 0) return [];
  return [
    `${name}: ${describeCountOf(orphans, 'record')} of errors or events whose span is not in the data; drop the file with the spans, too.`,
  ];
}
