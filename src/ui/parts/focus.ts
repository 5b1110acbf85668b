/** Where the focus goes when what had it leaves the document: never to nowhere. */

/** Gives the element the focus as soon as it is in the document. */
export function focusSoon(element: HTMLElement): void {
  queueMicrotask(() => element.focus());
}

/** A key pressed there is a letter of a text and no shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}

/** Focuses the first of these that there is. Called after the change, when the document shows it. */
export function focusFirst(...candidates: readonly (Element | null | undefined)[]): void {
  const target = candidates.find((one) => one instanceof HTMLElement && one.isConnected);
  if (target instanceof HTMLElement) target.focus();
}
