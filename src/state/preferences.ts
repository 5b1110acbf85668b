/** The taste of this browser; never changes a number on screen. */
import { createSignal } from 'solid-js';
import type { Accessor } from 'solid-js';
import type { ColumnMapping } from '../model/column-mapping.ts';
import type { ImportOptions } from '../model/import-choice.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Preferences {
  readonly theme: Accessor<Theme>;
  readonly setTheme: (theme: Theme) => void;
  /** Id of the dataset that was open last; null: none known. */
  readonly lastDataset: () => number | null;
  readonly rememberDataset: (id: number | null) => void;
  /** px by column, of the tables of one shape; those that are not given are as wide as their content. */
  readonly columnWidths: (shape: string) => Readonly<Record<string, number>>;
  /** null: as wide as its content. */
  readonly setColumnWidth: (shape: string, column: string, width: number | null) => void;
  /** What people have told of tables, the latest last. */
  readonly mappings: () => ImportOptions['mappings'];
  readonly rememberMapping: (shapeKey: string, mapping: ColumnMapping) => void;
}

const THEME_KEY = 'headwater.theme';
const DATASET_KEY = 'headwater.dataset';
const MAPPINGS_KEY = 'headwater.mappings';
const MAPPINGS_KEPT = 50;
const WIDTHS_KEY = 'headwater.columnWidths';
const SHAPES_KEPT = 100;

/** storage null: this browser lets the page keep nothing. */
export function createPreferences(storage: Storage | null): Preferences {
  const stored = THEMES.find((name) => name === storage?.getItem(THEME_KEY));
  let mappings = readMappings(storage?.getItem(MAPPINGS_KEY) ?? '');
  const [widths, setWidths] = createSignal(readWidths(storage?.getItem(WIDTHS_KEY) ?? ''));
  const [theme, setTheme] = createSignal<Theme>(stored ?? 'system');
  return {
    theme,
    setTheme: (name) => {
      setTheme(name);
      write(storage, THEME_KEY, name);
    },
    lastDataset: () => readId(storage?.getItem(DATASET_KEY) ?? ''),
    rememberDataset: (id) => write(storage, DATASET_KEY, id === null ? null : String(id)),
    columnWidths: (shape) => widths().find((one) => one.shape === shape)?.columns ?? {},
    setColumnWidth: (shape, column, width) => {
      const known = widths().find((one) => one.shape === shape)?.columns ?? {};
      const others = Object.entries(known).filter(([key]) => key !== column);
      const columns = Object.fromEntries(width === null ? others : [...others, [column, width]]);
      setWidths((all) =>
        [...all.filter((one) => one.shape !== shape), { shape, columns }].slice(-SHAPES_KEPT),
      );
      write(storage, WIDTHS_KEY, JSON.stringify(widths()));
    },
    mappings: () => mappings,
    rememberMapping: (shapeKey, mapping) => {
      const others = mappings.filter((one) => one.shapeKey !== shapeKey);
      mappings = [...others, { shapeKey, mapping }].slice(-MAPPINGS_KEPT);
      write(storage, MAPPINGS_KEY, JSON.stringify(mappings));
    },
  };
}

interface ColumnWidths {
  /** Keys of the table's columns. */
  readonly shape: string;
  readonly columns: Readonly<Record<string, number>>;
}

/** Of another version or damaged: none. */
function readWidths(text: string): readonly ColumnWidths[] {
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.filter(isWidths) : [];
  } catch {
    return [];
  }
}

function isWidths(one: unknown): one is ColumnWidths {
  if (typeof one !== 'object' || one === null || !('shape' in one) || !('columns' in one)) return false;
  const { shape, columns } = one;
  if (typeof shape !== 'string' || typeof columns !== 'object' || columns === null) return false;
  return Object.values(columns).every((width) => typeof width === 'number' && width > 0);
}

/** Of another version or damaged: none. */
function readMappings(text: string): ImportOptions['mappings'] {
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.filter(isMapping) : [];
  } catch {
    return [];
  }
}

function isMapping(one: unknown): one is ImportOptions['mappings'][number] {
  if (typeof one !== 'object' || one === null || !('shapeKey' in one) || !('mapping' in one)) return false;
  const { shapeKey, mapping } = one;
  if (typeof shapeKey !== 'string' || typeof mapping !== 'object' || mapping === null) return false;
  if (!('columns' in mapping) || !('durationUnit' in mapping)) return false;
  const { columns } = mapping;
  return (
    typeof columns === 'object' &&
    columns !== null &&
    Object.values(columns).every((column) => typeof column === 'string')
  );
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
