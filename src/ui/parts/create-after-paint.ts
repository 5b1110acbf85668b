/** Costly parts of a screen are drawn a frame later than the rest, so that no frame is blocked for long. */
import { batch, createSignal, onCleanup, onMount } from 'solid-js';
import type { Accessor } from 'solid-js';
import { useApp } from '../../state/app.ts';

/** False until what is mounted now has been painted; counts as being computed until then. */
export function createAfterPaint(): Accessor<boolean> {
  const end = useApp().beginWork();
  const [painted, setPainted] = createSignal(false);
  const go = () => batch(() => (setPainted(true), end()));
  let frame = 0;
  let timer = 0;
  onMount(() => {
    // a page in the background paints nothing
    if (document.hidden) go();
    else frame = requestAnimationFrame(() => (timer = window.setTimeout(go)));
  });
  onCleanup(() => {
    cancelAnimationFrame(frame);
    window.clearTimeout(timer);
    end();
  });
  return painted;
}
