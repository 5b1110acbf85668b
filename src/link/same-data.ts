/** Does the open dataset hold what a link was made with? */
import type { DatasetSummary } from '../model/dataset.ts';
import type { LinkData } from './view-state.ts';

const SHORT_DIGITS = 12;
const MAX_FILES = 6;

/** What a link says about a dataset: short fingerprint and the first names of the files that gave its spans. */
export function describeData(dataset: DatasetSummary): LinkData {
  const giving = dataset.files.filter((file) => file.records > file.rejected);
  // whoever opens the link is asked for these: what gave no span need not be found again
  const names = (giving.length > 0 ? giving : dataset.files).map((file) => file.name);
  return {
    fingerprint: dataset.fingerprint.slice(0, SHORT_DIGITS),
    files: names.slice(0, MAX_FILES),
    moreFiles: Math.max(0, names.length - MAX_FILES),
  };
}

export function isSameData(data: LinkData, dataset: DatasetSummary): boolean {
  return dataset.fingerprint.startsWith(data.fingerprint);
}
