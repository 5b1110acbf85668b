/** A panel that a button opens beside it: Escape closes it, and so does whatever happens elsewhere. */
import { createSignal, onCleanup, onMount } from 'solid-js';

/** Kept free beside the edges of the screen, in px. */
const MARGIN = 12;

export interface Popover {
  readonly opened: () => boolean;
  readonly toggle: () => void;
  /** Gives the focus back to the button. */
  readonly close: () => void;
  /** For the element around button and panel. */
  readonly root: {
    readonly ref: (element: HTMLElement) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onFocusOut: (event: FocusEvent) => void;
  };
  readonly button: (element: HTMLElement) => void;
  /** The panel is shifted so that it stays on the screen. */
  readonly panel: (element: HTMLElement) => void;
}

export function createPopover(): Popover {
  const [opened, setOpened] = createSignal(false);
  let root: HTMLElement | undefined;
  let button: HTMLElement | undefined;
  let panel: HTMLElement | undefined;
  const isOutside = (target: EventTarget | null) => target instanceof Node && !root?.contains(target);
  const closeFromOutside = (event: Event) => {
    if (isOutside(event.target)) setOpened(false);
  };
  onMount(() => {
    document.addEventListener('pointerdown', closeFromOutside);
    onCleanup(() => document.removeEventListener('pointerdown', closeFromOutside));
  });
  const place = () => {
    if (panel === undefined) return;
    panel.style.removeProperty('left');
    const over = panel.getBoundingClientRect().right - (window.innerWidth - MARGIN);
    if (over > 0) panel.style.left = `${-over}px`;
  };
  const close = () => {
    setOpened(false);
    button?.focus();
  };
  return {
    opened,
    toggle: () => {
      setOpened(!opened());
      if (opened()) queueMicrotask(place);
    },
    close,
    root: {
      ref: (element) => (root = element),
      onKeyDown: (event) => {
        if (event.key === 'Escape' && opened()) close();
      },
      onFocusOut: (event) => {
        if (isOutside(event.relatedTarget)) setOpened(false);
      },
    },
    button: (element) => (button = element),
    panel: (element) => (panel = element),
  };
}
