/** The menu of a row of the tree: what is open of it, and where. */
import { createEffect, createSignal, on } from 'solid-js';
import type { MenuItem, MenuProps } from '../parts/Menu.tsx';
import type { TreeIndex } from './tree-index.ts';

export type OpenMenu = Pick<MenuProps, 'label' | 'items' | 'at'>;

export interface RowMenu {
  /** null: none is open. */
  readonly opened: () => OpenMenu | null;
  readonly open: (row: number, at: OpenMenu['at']) => void;
  /** Opens it below the name of the row where the key is that of menus; false: it is not. */
  readonly openByKey: (event: KeyboardEvent, row: number) => boolean;
  readonly close: () => void;
}

export function createRowMenu(given: {
  readonly index: () => TreeIndex;
  readonly actions: (row: number) => readonly (readonly MenuItem[])[];
  readonly rowElement: (row: number) => HTMLElement | null;
}): RowMenu {
  const [opened, setOpened] = createSignal<OpenMenu | null>(null);
  const close = () => void setOpened(null);
  // What it offers is about the rows that were there.
  createEffect(on(given.index, close, { defer: true }));
  const open = (row: number, at: OpenMenu['at']) => {
    const { name } = given.index().entries[row].node.service;
    setOpened({ label: `Actions for ${name}`, items: given.actions(row), at });
  };
  return {
    opened,
    open,
    openByKey: (event, row) => {
      if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return false;
      const name = given.rowElement(row)?.querySelector('.service-name')?.getBoundingClientRect();
      if (name) open(row, { x: name.left, y: name.bottom });
      return true;
    },
    close,
  };
}
