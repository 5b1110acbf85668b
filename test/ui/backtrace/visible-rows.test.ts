import { describe, expect, test } from 'vitest';
import { indexTree, pathOf } from '../../../src/ui/backtrace/tree-index.ts';
import {
  allRows,
  expandedPaths,
  moveForKey,
  openRowsOf,
  openingRows,
  visibleRows,
  withRevealed,
  withToggled,
} from '../../../src/ui/backtrace/visible-rows.ts';
import { sampleNode, shopBacktrace } from './sample-backtrace.ts';

const index = indexTree(shopBacktrace());
const DB = 0;
const ORDERS = 1;
const NGINX = 2;
const SHOP_BY_NGINX = 3;

const names = (open: ReadonlySet<number>) =>
  visibleRows(index, open).map(({ row }) => index.entries[row].node.service.name);

describe('what is open', () => {
  test('a small tree opens whole', () => {
    expect(names(openingRows(index))).toEqual(['db', 'orders', 'nginx', 'shop', 'shop', 'cron']);
  });

  test('a large tree opens to its busiest branches only', () => {
    const branch = (name: string, calls: number) =>
      sampleNode(name, calls, {
        callers: Array.from({ length: 5 }, (_, at) => sampleNode(`${name}${at}`, 1)),
      });
    const wide = indexTree(
      sampleNode('db', 30, { callers: [branch('a', 5), branch('b', 20), branch('c', 5)] }),
    );
    const open = openingRows(wide, 9);
    expect([...open].map((row) => wide.entries[row].node.service.name)).toEqual(['db', 'b']);
  });

  test('the direct callers are shown, however many', () => {
    const callers = Array.from({ length: 70 }, (_, at) => sampleNode(`caller ${at}`, 1));
    const wide = indexTree(sampleNode('db', 70, { callers }));
    expect(visibleRows(wide, openingRows(wide))).toHaveLength(71);
  });

  test('closing a row hides all below it and leaves the rest', () => {
    expect(names(withToggled(index, allRows(index), ORDERS))).toEqual(['db', 'orders', 'cron']);
  });

  test('opening a row opens what it hangs below', () => {
    expect(names(withToggled(index, new Set(), NGINX))).toContain('shop');
  });

  test('a row that is hidden is revealed; one in sight changes nothing', () => {
    const closed = new Set([DB]);
    expect(names(withRevealed(index, closed, SHOP_BY_NGINX))).toEqual([
      'db',
      'orders',
      'nginx',
      'shop',
      'shop',
      'cron',
    ]);
    const all = allRows(index);
    expect(withRevealed(index, all, SHOP_BY_NGINX)).toBe(all);
  });

  test('a link names the open rows with as few paths as possible and opens the same rows again', () => {
    for (const open of [new Set<number>(), new Set([DB]), new Set([DB, ORDERS]), allRows(index)]) {
      const paths = expandedPaths(index, open);
      expect(new Set(openRowsOf(index, paths))).toEqual(open);
    }
    expect(expandedPaths(index, allRows(index))).toEqual([pathOf(index, NGINX)]);
  });

  test('a link to a step that is not in this data opens what there is', () => {
    expect([...openRowsOf(index, [[{ name: 'gone', type: 'service' }], pathOf(index, ORDERS)])]).toEqual([
      DB,
      ORDERS,
    ]);
  });
});

describe('the keys of the tree', () => {
  const rows = visibleRows(index, new Set([DB, ORDERS]));
  const press = (key: string, at: number) => moveForKey(key, index, { rows, at, pageRows: 2 });

  test.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 4, 4],
    ['ArrowUp', 0, 0],
    ['Home', 3, 0],
    ['End', 0, 4],
    ['PageDown', 1, 3],
    ['PageUp', 1, 0],
  ])('%s in row %i goes to row %i', (key, from, to) => {
    expect(press(key, from)).toEqual({ kind: 'focus', at: to });
  });

  test('Right opens a closed row, steps into an open one and does nothing on a leaf', () => {
    expect(press('ArrowRight', 2)).toEqual({ kind: 'toggle' });
    expect(press('ArrowRight', 1)).toEqual({ kind: 'focus', at: 2 });
    expect(press('ArrowRight', 4)).toBeNull();
  });

  test('Left closes an open row and leads from a closed one to the row it hangs below', () => {
    expect(press('ArrowLeft', 1)).toEqual({ kind: 'toggle' });
    expect(press('ArrowLeft', 3)).toEqual({ kind: 'focus', at: 1 });
  });

  test('Enter and Space select, * opens all, other keys are left alone', () => {
    expect(press('Enter', 0)).toEqual({ kind: 'select' });
    expect(press(' ', 0)).toEqual({ kind: 'select' });
    expect(press('*', 0)).toEqual({ kind: 'expand all' });
    expect(press('a', 0)).toBeNull();
    expect(press('Tab', 0)).toBeNull();
  });
});
