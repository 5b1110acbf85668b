/** What came of an import, in a few words; the data summary has the rest. */
import type { DatasetSummary } from '../model/dataset.ts';
import { describeCountOf } from '../util/text.ts';
import type { Notice } from './notices.ts';

export function describeImport({ counts, files, stored }: DatasetSummary): Omit<Notice, 'id'> {
  const refused = files.flatMap(({ name, refusal }) => (refusal === null ? [] : [`${name}: ${refusal}`]));
  const details = [
    ...refused,
    ...(counts.rejected === 0
      ? []
      : [
          `${describeCountOf(counts.rejected, 'record')} could not be read; the data summary says where and why.`,
        ]),
    ...(stored ? [] : ['The data is kept in memory only and will not survive a reload.']),
  ];
  const text = `${describeCountOf(counts.spans, 'span')} in ${describeCountOf(counts.traces, 'trace')} are ready.`;
  return { tone: details.length === 0 ? 'done' : 'problem', text, details };
}
