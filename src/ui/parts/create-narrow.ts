import { createSignal, onCleanup } from 'solid-js';
import type { Accessor } from 'solid-js';

/** As in the style sheets. */
const NARROW = '(max-width: 560px)';

/** Whether the window is as narrow as a phone: for what is arranged otherwise there, and not only drawn smaller. */
export function createNarrow(): Accessor<boolean> {
  const query = window.matchMedia(NARROW);
  const [narrow, setNarrow] = createSignal(query.matches);
  const follow = () => setNarrow(query.matches);
  query.addEventListener('change', follow);
  onCleanup(() => query.removeEventListener('change', follow));
  return narrow;
}
