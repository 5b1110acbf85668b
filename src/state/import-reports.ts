/** What files were taken for, and whether this page still has them, so that they can be read in another way. */
import { createSignal } from 'solid-js';
import type { Accessor } from 'solid-js';
import type { DatasetSummary, SourceFile } from '../model/dataset.ts';
import type { ImportOptions } from '../model/import-choice.ts';
import type { Outcome } from '../../workers/api.ts';

export interface ImportReport {
  readonly files: readonly SourceFile[];
  /** The dataset made of them; null: nothing could be read. */
  readonly dataset: DatasetSummary | null;
  /** All that was dropped for it; null: the page was loaded anew since. */
  readonly own: readonly File[] | null;
  /** Formats told so far. */
  readonly formats: ImportOptions['formats'];
}

export interface ImportReports {
  /** On screen; null: none. */
  readonly shown: Accessor<ImportReport | null>;
  readonly show: (dataset: DatasetSummary) => void;
  readonly close: () => void;
  readonly imported: (given: GivenFiles, outcome: Outcome<DatasetSummary>) => void;
}

interface GivenFiles {
  readonly files: readonly File[];
  readonly into: number | null;
  readonly formats: ImportOptions['formats'];
}

type Origin = Pick<GivenFiles, 'files' | 'formats'>;

export function createImportReports(): ImportReports {
  const [shown, setShown] = createSignal<ImportReport | null>(null);
  const origins = new Map<number, Origin>();

  const reportOf = (dataset: DatasetSummary): ImportReport => {
    const origin = origins.get(dataset.id);
    return { files: dataset.files, dataset, own: origin?.files ?? null, formats: origin?.formats ?? [] };
  };

  const remember = (id: number, { files, into, formats }: GivenFiles) => {
    const before = into === null ? { files: [], formats: [] } : origins.get(into);
    // Of what was stored by an earlier page only a part is at hand: it cannot be read again.
    if (!before) return;
    origins.set(id, { files: [...before.files, ...files], formats: [...before.formats, ...formats] });
  };

  return {
    shown,
    show: (dataset) => setShown(reportOf(dataset)),
    close: () => setShown(null),
    imported: (given, outcome) => {
      const { files: own, into, formats } = given;
      if (outcome.ok) {
        remember(outcome.value.id, given);
        const fresh = into === null ? outcome.value.files : outcome.value.files.slice(-own.length);
        if (fresh.some(needsHelp)) setShown(reportOf(outcome.value));
      } else if (outcome.error.files?.some(needsHelp)) {
        const { files } = outcome.error;
        setShown(into === null ? { files, dataset: null, own, formats } : null);
      }
    },
  };
}

/** A table that nobody can read without being told what its columns are. */
function needsHelp({ refusal, finding }: SourceFile): boolean {
  const table = finding?.table ?? null;
  return table !== null && (refusal !== null || table.missing.length > 0);
}
