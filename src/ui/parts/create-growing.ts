/** Of many rows those in sight are drawn first and the rest a few a frame, so that no task blocks the page for long. */
import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Accessor } from 'solid-js';
import { painted } from '../../charts/draw-in-turn.ts';
import { useApp } from '../../state/app.ts';

/** Rows that are drawn at once, and added behind each painted frame: some 20 ms of work where they are wide. */
const STEP = 12;

/**
 * How many of the rows are to be drawn: of other rows few again, but those `inSight` at least, where somebody has scrolled.
 * Counts as being computed until all are.
 */
export function createGrowing(rows: Accessor<readonly unknown[]>, inSight: () => number): Accessor<number> {
  const app = useApp();
  const [grown, setGrown] = createSignal<{ readonly of: readonly unknown[]; readonly count: number } | null>(
    null,
  );
  const count = () => {
    const known = grown();
    return known !== null && known.of === rows() ? known.count : Math.max(STEP, inSight());
  };
  createEffect(
    on(rows, (of) => {
      if (count() >= of.length) return;
      let stopped = false;
      const end = app.beginWork();
      const step = async (drawn: number): Promise<void> => {
        await painted();
        if (stopped) return;
        setGrown({ of, count: drawn + STEP });
        if (drawn + STEP < of.length) await step(drawn + STEP);
        else end();
      };
      void step(count());
      onCleanup(() => {
        stopped = true;
        end();
      });
    }),
  );
  return count;
}
