/** What only the data can tell about a link: which of its parts do not apply. */
import { createEffect, createSignal, untrack } from 'solid-js';
import type { Accessor } from 'solid-js';
import type { DecodedLink } from '../link/hash.ts';
import type { Sort } from '../link/view-state.ts';
import type { Notices } from './notices.ts';

export interface LinkReport {
  /** The last link that was opened: typed, back, forward or at the start. null: none was looked at yet. */
  readonly link: Accessor<DecodedLink | null>;
  readonly arrive: (link: DecodedLink) => void;
  /** The screen that the link opened is left: what was told about it is taken back. */
  readonly leave: () => void;
  /** Sentences about parts of the link; those already told are not told again. */
  readonly tell: (link: DecodedLink, problems: readonly string[]) => void;
  /** Columns that a table on screen can be sorted by. */
  readonly offerSorts: (columns: readonly string[]) => void;
}

/** Owned by the reactive scope it is called in. */
export function createLinkReport(notices: Notices, busy: Accessor<boolean>): LinkReport {
  const [link, setLink] = createSignal<DecodedLink | null>(null);
  const [offered, setOffered] = createSignal<readonly string[]>([]);
  const told = new WeakMap<DecodedLink, readonly string[]>();

  const tell = (about: DecodedLink, problems: readonly string[]) => {
    const before = told.get(about) ?? about.problems;
    const fresh = problems.filter((problem) => !before.includes(problem));
    if (fresh.length === 0) return;
    const all = [...before, ...fresh];
    told.set(about, all);
    notices.add('problem', LINK_PROBLEMS, all);
  };
  const leave = () =>
    untrack(notices.list)
      .filter(({ text }) => text === LINK_PROBLEMS)
      .forEach(({ id }) => notices.dismiss(id));
  const checkSort = (about: DecodedLink, sort: Sort) => {
    if (busy() || link() !== about || offered().includes(sort.column)) return;
    const part = `sort=${sort.descending ? '-' : ''}${sort.column}`;
    tell(about, [`The part “${part}” of the link names no column here and is ignored.`]);
  };
  createEffect(() => {
    const now = link();
    const sort = now?.view.sort ?? null;
    if (now === null || sort === null || busy() || offered().length === 0) return;
    // one answer may bring several tables: all of them come first
    queueMicrotask(() => checkSort(now, sort));
  });
  return {
    link,
    arrive: (next) => {
      leave();
      setOffered([]);
      setLink(next);
      if (next.problems.length > 0) notices.add('problem', LINK_PROBLEMS, next.problems);
    },
    leave,
    tell,
    offerSorts: (columns) => setOffered((known) => [...known, ...columns]),
  };
}

const LINK_PROBLEMS = 'Parts of this link were not understood.';
