/** What came of an import, in a few words; the data summary has the rest. */
import type { DatasetCounts, DatasetSummary, SourceFile } from '../model/dataset.ts';
import { describeCountOf } from '../util/text.ts';
import type { Notice } from './notices.ts';

/** Remarks about the wrapping of a whole file: what it lost has no record that could be counted. */
const WRAPPING_NOTE = /^(gzip|zstd|zip|tar)-/;

/** `before`: the dataset that the files were added to, as it was; null: a new one. */
export function describeImport(now: DatasetSummary, before: DatasetSummary | null): Omit<Notice, 'id'> {
  const added = (count: keyof DatasetCounts) => (now.counts[count] ?? 0) - (before?.counts[count] ?? 0);
  const files = now.files.slice(before?.files.length ?? 0);
  const rejected = added('rejected');
  const details = [
    ...files.flatMap(fileTroubles),
    ...(rejected <= 0
      ? []
      : [`${describeCountOf(rejected, 'record')} could not be read; the data summary says where and why.`]),
    ...(now.stored ? [] : ['The data is kept in memory only and will not survive a reload.']),
  ];
  const text = before === null ? describeNew(now.counts) : describeAdded(added('spans'), added('duplicates'));
  return { tone: details.length === 0 ? 'done' : 'problem', text, details };
}

function describeNew({ spans, traces, duplicates }: DatasetCounts): string {
  const again = duplicates === 0 ? '' : `; ${describeCountOf(duplicates, 'duplicate')}`;
  const ready = spans === 1 ? 'is ready' : 'are ready';
  return `${describeCountOf(spans, 'span')} in ${describeCountOf(traces, 'trace')} ${ready}${again}.`;
}

function describeAdded(spans: number, duplicates: number): string {
  if (spans <= 0 && duplicates > 0)
    return `Nothing new: ${describeCountOf(duplicates, 'duplicate')} of spans that were there.`;
  const again = duplicates <= 0 ? '' : `, ${describeCountOf(duplicates, 'duplicate')}`;
  return `${describeCountOf(spans, 'span')} added${again}.`;
}

function fileTroubles({ name, refusal, notes }: SourceFile): readonly string[] {
  const wrapping = notes.filter(({ code }) => WRAPPING_NOTE.test(code)).map(({ message }) => message);
  return [...(refusal === null ? [] : [refusal]), ...wrapping].map((trouble) => `${name}: ${trouble}`);
}
