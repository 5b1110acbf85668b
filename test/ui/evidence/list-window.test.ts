import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ROW_HEIGHT, heightOf, rowAtTop, spacesAround } from '../../../src/ui/evidence/list-window.ts';

const ROOM = 600;
const SHOWN = 300;

/** Lists of up to two million rows, scrolled to any place. */
const lists = fc
  .tuple(fc.integer({ min: SHOWN, max: 2_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([total, part]) => ({ total, room: ROOM, top: Math.round(part * (heightOf(total) - ROOM)) }));

/** Such lists near an end: what is drawn must not be pushed beyond it. */
const ends = fc
  .tuple(fc.integer({ min: SHOWN, max: 2_000_000 }), fc.integer({ min: 0, max: 40_000 }), fc.boolean())
  .map(([total, px, atEnd]) => {
    const most = heightOf(total) - ROOM;
    const top = Math.min(most, px);
    return { total, room: ROOM, top: atEnd ? most - top : top };
  });

test('the rows in sight are drawn where one looks, however long the list', () => {
  fc.assert(
    fc.property(fc.oneof(lists, ends), (scrolled) => {
      const { total, top } = scrolled;
      const at = rowAtTop(scrolled);
      const first = Math.max(0, Math.min(total - SHOWN, at - 100));
      const { above, below } = spacesAround(scrolled, first, SHOWN);
      expect(above + below + SHOWN * ROW_HEIGHT).toBe(heightOf(total));
      // the row at the top begins no more than a row above what is in sight, and those after it fill the rest
      const begins = above + (at - first) * ROW_HEIGHT;
      expect(begins).toBeLessThanOrEqual(top + 1);
      expect(begins).toBeGreaterThan(top - ROW_HEIGHT - 1);
      expect(above + SHOWN * ROW_HEIGHT).toBeGreaterThanOrEqual(Math.min(top + ROOM, heightOf(total)) - 1);
    }),
    { numRuns: 1000 },
  );
});

test('the first and the last row can be reached, and the list is never higher than browsers draw', () => {
  for (const total of [400, 100_000, 1_000_000, 5_000_000]) {
    const end = { total, room: ROOM, top: heightOf(total) - ROOM };
    expect(heightOf(total)).toBeLessThan(17_000_000);
    expect(rowAtTop({ ...end, top: 0 })).toBe(0);
    expect(rowAtTop(end)).toBe(Math.floor(total - ROOM / ROW_HEIGHT));
    expect(spacesAround(end, total - SHOWN, SHOWN).below).toBeLessThanOrEqual(1);
  }
});
