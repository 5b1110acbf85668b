import { describe, expect, test } from 'vitest';
import { indexTree, linkedRows, pathOf, rowOf } from '../../../src/ui/backtrace/tree-index.ts';
import { longChain, shopBacktrace } from './sample-backtrace.ts';

describe('the rows of a backtrace', () => {
  const index = indexTree(shopBacktrace());

  test('list each node before its callers, callers in the order of the answer', () => {
    const drawn = index.entries.map(({ node, depth }) => `${'  '.repeat(depth)}${node.service.name}`);
    expect(drawn).toEqual(['db', '  orders', '    nginx', '      shop', '    shop', '  cron']);
  });

  test('know their place among their siblings', () => {
    expect(index.entries.map(({ position, siblings }) => `${position + 1}/${siblings}`)).toEqual([
      '1/1',
      '1/2',
      '1/2',
      '1/1',
      '2/2',
      '2/2',
    ]);
  });

  test('are found by their path and give it back', () => {
    index.entries.forEach((_, row) => expect(rowOf(index, pathOf(index, row))).toBe(row));
    expect(linkedRows(index, 3)).toEqual([0, 1, 2, 3]);
  });

  test('are not found by a path that leaves the tree, or by one of another type', () => {
    expect(rowOf(index, null)).toBe(-1);
    expect(rowOf(index, [])).toBe(-1);
    expect(rowOf(index, [{ name: 'db', type: 'service' }])).toBe(-1);
    const orders = { name: 'orders', type: 'service' } as const;
    expect(rowOf(index, [{ name: 'db', type: 'database' }, orders, orders])).toBe(-1);
  });

  test('a chain of 20,000 steps is listed without running out of stack', () => {
    const long = indexTree(longChain(20_000));
    expect(long.entries).toHaveLength(20_000);
    expect(long.entries.at(-1)?.depth).toBe(19_999);
  });
});
