import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowNode } from '../../../src/model/answers-flow.ts';
import { visibleRows } from '../../../src/ui/backtrace/visible-rows.ts';
import { CARD_HEIGHT, CARD_WIDTH, layOut, scrollFor } from '../../../src/ui/flow/flow-layout.ts';
import { indexFlow } from '../../../src/ui/flow/flow-tree.ts';

/** Trees in order: each node hangs below the one before it or one of those above that. */
const trees = fc.array(fc.nat(5), { maxLength: 40 }).map((ups) => {
  const nodes: Pick<FlowNode, 'parent' | 'depth'>[] = [{ parent: -1, depth: 0 }];
  for (const up of ups) {
    let parent = nodes.length - 1;
    for (let step = 0; step < up && nodes[parent].parent >= 0; step++) parent = nodes[parent].parent;
    nodes.push({ parent, depth: nodes[parent].depth + 1 });
  }
  return indexFlow(nodes as FlowNode[]);
});

test('cards never overlap, each is right of its caller and not above it, and all are within the drawing', () => {
  fc.assert(
    fc.property(trees, fc.array(fc.nat(40)), (index, closed) => {
      const open = new Set(index.entries.keys());
      for (const row of closed) open.delete(row);
      const { cards, cardOf, width, height } = layOut(index, visibleRows(index, open));
      for (const card of cards) {
        const caller = cardOf.get(index.entries[card.row].parent);
        if (caller) expect(card.x).toBeGreaterThan(caller.x + CARD_WIDTH);
        if (caller) expect(card.y).toBeGreaterThanOrEqual(caller.y);
        expect(card.x + CARD_WIDTH).toBeLessThan(width);
        expect(card.y + CARD_HEIGHT).toBeLessThan(height);
      }
      for (const { x } of cards) {
        const tops = cards.flatMap((card) => (card.x === x ? [card.y] : []));
        tops.slice(1).forEach((top, i) => expect(top - tops[i]).toBeGreaterThan(CARD_HEIGHT));
      }
    }),
  );
});

test('a card is scrolled to by as little as brings it into sight', () => {
  const card = { row: 0, expandable: false, expanded: false, x: 1000, y: 600 };
  const sight = { left: 0, top: 500, width: 400, height: 300 };
  expect(scrollFor(card, sight)).toEqual({ left: 1000 + CARD_WIDTH + 16 - 400, top: 500 });
  expect(scrollFor(card, { ...sight, left: 1200, top: 700 })).toEqual({ left: 984, top: 584 });
});
