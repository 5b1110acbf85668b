/** Where the focus goes when what had it leaves the document: never to nowhere. */

/** Gives the element the focus as soon as it is in the document. */
export function focusSoon(element: HTMLElement): void {
  queueMicrotask(() => element.focus());
}

/** Focuses the first of these that there is. Called after the change, when the document shows it. */
export function focusFirst(...candidates: readonly (Element | null | undefined)[]): void {
  const target = candidates.find((one) => one instanceof HTMLElement && one.isConnected);
  if (target instanceof HTMLElement) target.focus();
}
