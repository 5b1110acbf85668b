import { createEffect, on, onCleanup } from 'solid-js';
import type { Accessor } from 'solid-js';

/**
 * What has the focus may be gone when an answer comes: a row that a filter takes away. Then the focus goes to `home`
 * instead of nowhere, so that the keyboard goes on from there.
 */
export function keepFocus(busy: Accessor<boolean>, home: () => HTMLElement | undefined): void {
  let last: EventTarget | null = null;
  const remember = ({ target }: FocusEvent) => (last = target);
  document.addEventListener('focusin', remember);
  onCleanup(() => document.removeEventListener('focusin', remember));
  createEffect(
    on(busy, (isBusy) => {
      const isLost = last instanceof Node && !last.isConnected && document.activeElement === document.body;
      if (!isBusy && isLost) home()?.focus({ preventScroll: true });
    }),
  );
}
