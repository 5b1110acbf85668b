/** Which part of a drawing that scrolls is in sight. */
import { createSignal, onCleanup, onMount } from 'solid-js';
import type { Accessor } from 'solid-js';
import { scrollFor } from './flow-layout.ts';
import type { Card, Sight } from './flow-layout.ts';

export interface DrawingSight {
  readonly sight: Accessor<Sight>;
  readonly measure: () => void;
  /** Scrolls as little as brings the card into sight. */
  readonly reveal: (card: Card) => void;
}

/** Until it is measured: a large screen. */
const LARGE: Sight = { left: 0, top: 0, width: 1600, height: 900 };

/** Owned by the reactive scope it is called in; `scroller` is read once it is mounted. */
export function createSight(scroller: () => HTMLElement): DrawingSight {
  const [sight, setSight] = createSignal(LARGE);
  const measure = () => {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroller();
    setSight({
      left: scrollLeft,
      top: scrollTop,
      width: clientWidth || LARGE.width,
      height: clientHeight || LARGE.height,
    });
  };
  onMount(() => {
    const observer = new ResizeObserver(measure);
    observer.observe(scroller());
    onCleanup(() => observer.disconnect());
  });
  const reveal = (card: Card) => {
    measure();
    const { left, top } = scrollFor(card, sight());
    scroller().scrollLeft = left;
    scroller().scrollTop = top;
    measure();
  };
  return { sight, measure, reveal };
}
