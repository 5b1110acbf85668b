/** Messages to the person at the screen. */
import { createSignal } from 'solid-js';

/** problem: nothing came of it. warning: it was done, but not all of it, or not as it should be. */
export type NoticeTone = 'info' | 'warning' | 'problem' | 'done';

export interface Notice {
  readonly id: number;
  readonly tone: NoticeTone;
  readonly text: string;
  /** Further sentences, shown as a list. */
  readonly details: readonly string[];
}

export interface Notices {
  readonly list: () => readonly Notice[];
  readonly add: (tone: NoticeTone, text: string, details?: readonly string[]) => void;
  readonly dismiss: (id: number) => void;
  /** What is no longer so. */
  readonly dismissAll: (tone: NoticeTone) => void;
}

const MOST = 5;
/** What went well need not be dismissed. */
const DONE_MS = 4000;

export function createNotices(): Notices {
  const [list, setList] = createSignal<readonly Notice[]>([]);
  let lastId = 0;
  const dismiss = (id: number) => setList((notices) => notices.filter((notice) => notice.id !== id));
  return {
    list,
    add: (tone, text, details = []) => {
      const notice = { id: ++lastId, tone, text, details };
      // the same message again replaces the old one; of what went well only the newest matters
      const outdated = (old: Notice) => old.text === text || (tone === 'done' && old.tone === 'done');
      setList((notices) => [...notices.filter((old) => !outdated(old)), notice].slice(-MOST));
      if (tone === 'done') window.setTimeout(() => dismiss(notice.id), DONE_MS);
    },
    dismiss,
    dismissAll: (tone) => setList((notices) => notices.filter((notice) => notice.tone !== tone)),
  };
}
