/** What every screen reaches through useApp(): the view, the open dataset, and the ways to change both. */
import { createContext, createMemo, useContext } from 'solid-js';
import type { Accessor, JSX } from 'solid-js';
import type { Filter } from '../model/answers.ts';
import type { DatasetSummary } from '../model/dataset.ts';
import type { ImportOptions } from '../model/import-choice.ts';
import { encodeView } from '../link/hash.ts';
import type { DecodedLink } from '../link/hash.ts';
import { resolveFilter } from '../link/resolve.ts';
import { describeData, isSameData } from '../link/same-data.ts';
import { DEFAULT_VIEW, changeView } from '../link/view-state.ts';
import type { LinkData, ViewState } from '../link/view-state.ts';
import type { Client } from '../../workers/api.ts';
import { createAnswersAtHand } from './answers-at-hand.ts';
import type { AnswersAtHand } from './answers-at-hand.ts';
import { createBusy } from './busy.ts';
import { createDatasets } from './datasets.ts';
import type { Datasets } from './datasets.ts';
import { createHashView } from './hash-view.ts';
import type { HistoryMode } from './hash-view.ts';
import { createLinkReport } from './link-report.ts';
import type { ImportReport } from './import-reports.ts';
import type { LinkReport } from './link-report.ts';
import { createNotices } from './notices.ts';
import type { Notices } from './notices.ts';
import { createQueryDraft } from './query-draft.ts';
import type { QueryDraft } from './query-draft.ts';
import { browserStorage, createPreferences } from './preferences.ts';
import type { Preferences } from './preferences.ts';

export interface App {
  readonly client: Client;
  readonly answers: AnswersAtHand;
  readonly view: Accessor<ViewState>;
  /** push: navigation, one step back undoes it. replace: adjustment of what is shown. */
  readonly navigate: (patch: Partial<ViewState>, mode: HistoryMode) => void;
  /** The link to the changed view, for `<a href>`. `data`: of another dataset; left out: of the open one. */
  readonly href: (patch: Partial<ViewState>, data?: LinkData | null) => string;
  /** The open dataset; null: none. */
  readonly dataset: Accessor<DatasetSummary | null>;
  readonly datasets: Datasets;
  /** The filter of the view, `last` resolved against the open data. */
  readonly filter: Accessor<Filter>;
  /** The data that the link was made with, where it is not the open dataset (or none is open). */
  readonly foreignData: Accessor<LinkData | null>;
  /** Anything being computed, read or opened. */
  readonly busy: Accessor<boolean>;
  /** Counts as busy until the returned function is called. */
  readonly beginWork: () => () => void;
  readonly notices: Notices;
  readonly linkReport: LinkReport;
  readonly preferences: Preferences;
  readonly queryDraft: QueryDraft;
  /** Opens a stored dataset and goes to its services. */
  readonly openDataset: (id: number) => Promise<void>;
  /** into: the dataset to add to; null: a new one. */
  readonly addFiles: (files: readonly File[], into: number | null) => Promise<void>;
  readonly loadDemo: () => Promise<void>;
  /** Reads the files of a report again, in the formats told; a dataset made of them before is replaced. */
  readonly readAgain: (report: ImportReport, formats: ImportOptions['formats']) => Promise<void>;
}

const AppContext = createContext<App>();

/** Throws outside of an AppProvider. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp is called outside of an AppProvider');
  return app;
}

export function AppProvider(props: { client: Client; children: JSX.Element }): JSX.Element {
  const app = createApp(props.client);
  return AppContext.Provider({
    value: app,
    get children() {
      return props.children;
    },
  });
}

/** Owned by the reactive scope it is called in. */
export function createApp(client: Client): App {
  const busy = createBusy();
  const notices = createNotices();
  const preferences = createPreferences(browserStorage());
  const datasets = createDatasets({ client, busy, notices, preferences });
  const linkReport = createLinkReport(notices, busy.busy);
  const { view, first, show } = createHashView((link) => void busy.during(arrive(link)), linkReport.leave);

  const withData = (changed: ViewState, other?: LinkData | null): ViewState => {
    const open = datasets.open();
    if (changed.view === 'start') return { ...changed, data: null };
    return open ? { ...changed, data: other ?? describeData(open) } : changed;
  };
  const href: App['href'] = (patch, data) => encodeView(withData(changeView(view(), patch), data));
  const navigate = (patch: Partial<ViewState>, mode: HistoryMode) =>
    show(withData(changeView(view(), patch)), mode);

  const foreignData = () => unlessOpen(view().data, datasets.open());

  /**
   * A view that waited for data, or whose data grew, stays; else a newly opened dataset starts at its services,
   * by the same failure rules.
   */
  const showOpened = (opened: DatasetSummary | null, before: 'waiting' | 'same' | 'other') => {
    if (!opened) return;
    if (before === 'other')
      show(withData({ ...DEFAULT_VIEW, view: 'services', rules: view().rules }), 'push');
    else if (before === 'same' || !foreignData()) navigate({}, 'replace');
  };
  const waiting = () =>
    view().view !== 'start' && (datasets.open() === null || foreignData() !== null) ? 'waiting' : 'other';

  /** A demo that is stored already is found by its fingerprint and opened instead (workers/import-job.ts). */
  const loadDemo = async (before: 'waiting' | 'other') => showOpened(await datasets.importDemo(), before);

  async function arrive(link: DecodedLink): Promise<void> {
    linkReport.arrive(link);
    if (link.demo) return loadDemo('waiting');
    const { data } = link.view;
    const open = datasets.open();
    if (open && (data === null || isSameData(data, open))) return navigate({}, 'replace');
    const stored = await datasets.refresh();
    const wanted = findStored(stored, data, preferences.lastDataset());
    if (wanted) await datasets.openStored(wanted.id);
    else if (data && isDemoLink(data)) await datasets.importDemo();
    if (view() === link.view && datasets.open() && !foreignData()) navigate({}, 'replace');
  }

  const app: App = {
    client,
    answers: createAnswersAtHand(client),
    view,
    navigate,
    href,
    dataset: datasets.open,
    datasets,
    filter: createMemo(() => resolveFilter(view(), datasets.open()?.range ?? null)),
    foreignData,
    busy: busy.busy,
    beginWork: busy.begin,
    notices,
    linkReport,
    preferences,
    queryDraft: createQueryDraft(
      () => view().where,
      () => JSON.stringify([view().view, view().service, view().type]),
    ),
    openDataset: async (id) => showOpened(await datasets.openStored(id), waiting()),
    addFiles: async (files, into) => {
      const previous = datasets.open();
      const before = into !== null && into === previous?.id ? 'same' : waiting();
      const opened = await datasets.importFiles(files, into);
      if (previous && isSecondSide(view(), opened, previous))
        showOpened(await datasets.openStored(previous.id), 'same');
      else showOpened(opened, before);
    },
    loadDemo: () => loadDemo(waiting()),
    readAgain: async ({ own, dataset }, formats) => {
      if (own === null) return;
      const before = dataset !== null && dataset.id === datasets.open()?.id ? 'same' : waiting();
      const opened = await datasets.importFiles(own, null, formats);
      if (opened && dataset) {
        await datasets.remove(dataset.id);
        await datasets.rename(opened.id, dataset.name);
      }
      showOpened(opened, before);
    },
  };
  void busy.during(arrive(first));
  return app;
}

/** What side B of the comparison waited for came: the view goes on with its own data. */
function isSecondSide({ other }: ViewState, opened: DatasetSummary | null, own: DatasetSummary): boolean {
  const wanted = other?.data ?? null;
  return wanted !== null && opened !== null && opened.id !== own.id && isSameData(wanted, opened);
}

/** The data that a link names, where it is not the open dataset. */
function unlessOpen(data: LinkData | null, open: DatasetSummary | null): LinkData | null {
  return data !== null && (open === null || !isSameData(data, open)) ? data : null;
}

/** The dataset a link was made with; of one that names none, the last that was open. */
function findStored(stored: readonly DatasetSummary[], data: LinkData | null, last: number | null) {
  return stored.find((one) => (data ? isSameData(data, one) : one.id === last));
}

/** What src/demo/ calls its file: the one file that a link can always get. */
const DEMO_FILE = 'headwater-demo.jsonl';

function isDemoLink(data: LinkData): boolean {
  return data.files.length === 1 && data.moreFiles === 0 && data.files[0] === DEMO_FILE;
}
