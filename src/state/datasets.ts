/** What is stored, what is open, and the import that is running. */
import { batch, createSignal, onCleanup } from 'solid-js';
import type { Accessor } from 'solid-js';
import type { DatasetSummary } from '../model/dataset.ts';
import type { Client, ImportProgress, Outcome, WireError } from '../../workers/api.ts';
import type { ImportOptions } from '../model/import-choice.ts';
import { createImportReports, type ImportReports } from './import-reports.ts';
import type { Busy } from './busy.ts';
import { describeImport } from './describe-import.ts';
import type { Notices } from './notices.ts';
import type { Preferences } from './preferences.ts';

export type { ImportProgress };

export interface RunningImport {
  /** null until the first report. */
  readonly progress: ImportProgress | null;
  /** performance.now() at its start. */
  readonly startedMs: number;
  readonly nowMs: number;
  readonly demo: boolean;
}

export interface Datasets {
  readonly open: Accessor<DatasetSummary | null>;
  readonly list: Accessor<readonly DatasetSummary[]>;
  readonly running: Accessor<RunningImport | null>;
  readonly refresh: () => Promise<readonly DatasetSummary[]>;
  /** null: it could not be opened; a notice says why. So it is for the others. */
  readonly openStored: (id: number) => Promise<DatasetSummary | null>;
  readonly importFiles: (
    files: readonly File[],
    into: number | null,
    formats?: ImportOptions['formats'],
  ) => Promise<DatasetSummary | null>;
  /** What the files of the last import, or of the open dataset, were taken for. */
  readonly report: ImportReports;
  readonly importDemo: () => Promise<DatasetSummary | null>;
  readonly cancelImport: () => void;
  readonly rename: (id: number, name: string) => Promise<void>;
  readonly remove: (id: number) => Promise<void>;
}

export interface DatasetsSetting {
  readonly client: Client;
  readonly busy: Busy;
  readonly notices: Notices;
  readonly preferences: Preferences;
}

export function createDatasets({ client, busy, notices, preferences }: DatasetsSetting): Datasets {
  const [open, setOpen] = createSignal<DatasetSummary | null>(null);
  const [list, setList] = createSignal<readonly DatasetSummary[]>([]);
  const [running, setRunning] = createSignal<RunningImport | null>(null);

  const tell = (what: string, error: WireError) => tellError(notices, what, error);

  const refresh = async () => {
    const outcome = await busy.during(client.list());
    if (outcome.ok) {
      setList(outcome.value);
      setOpen((current) => current && (findSame(outcome.value, current) ?? current));
    } else tell('The stored datasets could not be listed.', outcome.error);
    return list();
  };

  const take = (dataset: DatasetSummary) => {
    preferences.rememberDataset(dataset.id);
    setOpen(dataset);
    return dataset;
  };

  const forget = (id: number) => {
    if (open()?.id === id) setOpen(null);
    if (preferences.lastDataset() === id) preferences.rememberDataset(null);
  };

  const openStored = async (id: number) => {
    const outcome = await busy.during(client.open(id));
    if (outcome.ok) return take(outcome.value);
    tell('The dataset could not be opened.', outcome.error);
    return null;
  };

  const runImport = async (
    demo: boolean,
    start: (onProgress: (progress: ImportProgress) => void) => Promise<Outcome<DatasetSummary>>,
    tellReport: (outcome: Outcome<DatasetSummary>) => void = () => {},
  ) => {
    if (running()) {
      notices.add('problem', 'Another import is running. Cancel it or wait for its end.');
      return null;
    }
    const stored = list();
    const end = busy.begin();
    const startedMs = performance.now();
    setRunning({ progress: null, startedMs, nowMs: startedMs, demo });
    const outcome = await start((progress) => {
      if (running()) setRunning({ progress, startedMs, nowMs: performance.now(), demo });
    });
    return batch(() => {
      setRunning(null);
      end();
      void refresh();
      tellReport(outcome);
      // a demo that is stored already is opened, not added to
      tellImport(notices, outcome, demo ? [] : stored);
      return outcome.ok ? take(outcome.value) : null;
    });
  };

  const importFiles: Datasets['importFiles'] = (files, into, formats = []) => {
    const mappings = preferences.mappings();
    const options = formats.length + mappings.length > 0 ? { formats, mappings } : undefined;
    return runImport(
      false,
      (progress) => client.importFiles(files, into, progress, options),
      (outcome) => report.imported({ files, into, formats }, outcome),
    );
  };
  const report = createImportReports();

  const heedOtherTab = otherTabHeeder({ open, running, refresh, openStored, forget, notices });
  onCleanup(client.onDatasetsChanged(heedOtherTab));
  onCleanup(client.onNotice?.((text) => notices.add('info', text)) ?? (() => {}));

  return {
    open,
    list,
    running,
    refresh,
    openStored,
    importFiles,
    report,
    importDemo: () => runImport(true, (report) => client.importDemo(report)),
    cancelImport: () => void client.cancelImport(),
    ...keepHouse({ client, busy, tell, refresh, forget }),
  };
}

interface OtherTabSetting extends Pick<Datasets, 'open' | 'running' | 'refresh' | 'openStored'> {
  readonly forget: (id: number) => void;
  readonly notices: Notices;
}

/** Another tab changed what is stored: the list is read anew, and what became of the open dataset is told. */
function otherTabHeeder({ open, running, refresh, openStored, forget, notices }: OtherTabSetting) {
  const heed = async () => {
    const before = open();
    const stored = await refresh();
    if (!before?.stored || open()?.id !== before.id) return;
    const now = stored.find(({ id }) => id === before.id);
    if (!now) {
      forget(before.id);
      notices.add('warning', `“${before.name}” was deleted in another tab.`);
    } else if (now.fingerprint !== before.fingerprint && running() === null && (await openStored(now.id)))
      notices.add('info', `“${now.name}” got further files in another tab and is shown with them.`);
  };
  return () => void heed();
}

/** As it is stored now; one that grew is another, which is shown once it is opened anew. */
function findSame(stored: readonly DatasetSummary[], { id, fingerprint }: DatasetSummary) {
  return stored.find((one) => one.id === id && one.fingerprint === fingerprint);
}

interface Household extends Pick<DatasetsSetting, 'client' | 'busy'> {
  readonly tell: (what: string, error: WireError) => void;
  readonly refresh: () => Promise<unknown>;
  /** The dataset is no more. */
  readonly forget: (id: number) => void;
}

/** Renaming and deleting. */
function keepHouse({ client, busy, tell, refresh, forget }: Household): Pick<Datasets, 'rename' | 'remove'> {
  return {
    rename: async (id, name) => {
      const outcome = await busy.during(client.rename(id, name));
      if (!outcome.ok) tell('The dataset could not be renamed.', outcome.error);
      await refresh();
    },
    remove: async (id) => {
      const outcome = await busy.during(client.remove(id));
      if (!outcome.ok) return tell('The dataset could not be deleted.', outcome.error);
      forget(id);
      await refresh();
    },
  };
}

/** `stored`: the datasets as they were before. */
function tellImport(
  notices: Notices,
  outcome: Outcome<DatasetSummary>,
  stored: readonly DatasetSummary[],
): void {
  if (!outcome.ok) return tellError(notices, '', outcome.error);
  const before = stored.find(({ id }) => id === outcome.value.id) ?? null;
  const { tone, text, details } = describeImport(outcome.value, before);
  notices.add(tone, text, details);
}

function tellError(notices: Notices, what: string, error: WireError): void {
  if (error.code === 'cancelled') notices.add('info', 'The import was cancelled. Nothing of it was kept.');
  else notices.add('problem', `${what} ${error.message}`.trim());
}
