/** Where the panel of the selected step changes out of sight, it comes into it. */

/** Id of its heading. */
export const NODE_TITLE = 'node-title';

export function bringIntoSight(panel: HTMLElement): void {
  const tabs = panel.querySelector('[role=tablist]');
  if (tabs && tabs.getBoundingClientRect().bottom > window.innerHeight)
    panel.scrollIntoView({ block: 'start' });
}

/**
 * After a tab of the panel was chosen from afar, as in the menu of a row: if it was open already, nothing changes there,
 * and yet it is what people want to see. A frame later, when the menu has given back the focus.
 */
export function showNodePanel(): void {
  requestAnimationFrame(() => {
    const panel = document.getElementById(NODE_TITLE)?.closest('section');
    if (panel) bringIntoSight(panel);
  });
}
