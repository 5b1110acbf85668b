/** Costly parts of a screen are drawn a frame later than the rest, so that no task blocks the page for long. */
import { batch, createSignal, onCleanup, onMount } from 'solid-js';
import type { Accessor } from 'solid-js';
import { useApp } from '../../state/app.ts';

/**
 * 0 until what is mounted now has been painted, then 1, and so on to `steps`: each adds its part in a task of its own
 * and is painted before the next. Counts as being computed until then.
 */
export function createAfterPaint(steps = 1): Accessor<number> {
  const end = useApp().beginWork();
  const [step, setStep] = createSignal(0);
  let frame = 0;
  let timer = 0;
  const go = (to: number) =>
    batch(() => {
      setStep(to);
      if (to < steps) soon(to + 1);
      else end();
    });
  const soon = (to: number) => {
    frame = requestAnimationFrame(() => (timer = window.setTimeout(() => go(to))));
  };
  onMount(() => {
    // a page in the background paints nothing
    if (document.hidden) go(steps);
    else soon(1);
  });
  onCleanup(() => {
    cancelAnimationFrame(frame);
    window.clearTimeout(timer);
    end();
  });
  return step;
}
