/** The taste of this browser; never changes a number on screen. */
import { createSignal } from 'solid-js';
import type { Accessor } from 'solid-js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Preferences {
  readonly theme: Accessor<Theme>;
  readonly setTheme: (theme: Theme) => void;
  /** Id of the dataset that was open last; null: none known. */
  readonly lastDataset: () => number | null;
  readonly rememberDataset: (id: number | null) => void;
}

const THEME_KEY = 'headwater.theme';
const DATASET_KEY = 'headwater.dataset';

/** storage null: this browser lets the page keep nothing. */
export function createPreferences(storage: Storage | null): Preferences {
  const stored = THEMES.find((name) => name === storage?.getItem(THEME_KEY));
  const [theme, setTheme] = createSignal<Theme>(stored ?? 'system');
  return {
    theme,
    setTheme: (name) => {
      setTheme(name);
      write(storage, THEME_KEY, name);
    },
    lastDataset: () => readId(storage?.getItem(DATASET_KEY) ?? ''),
    rememberDataset: (id) => write(storage, DATASET_KEY, id === null ? null : String(id)),
  };
}

function readId(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function write(storage: Storage | null, key: string, value: string | null): void {
  try {
    if (value === null) storage?.removeItem(key);
    else storage?.setItem(key, value);
  } catch {
    // full or blocked storage: the preference lasts as long as the page
    return;
  }
}

/** Reading `localStorage` itself throws where storage is blocked. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
