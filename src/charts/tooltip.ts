/** Tooltips as elements: what comes out of the data is only ever set as text. */

export interface TooltipText {
  readonly title: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
  readonly note?: string;
}

/** The content of a tooltip. Styled by classes: the page's content policy forbids style attributes. */
export function tooltipElement(text: TooltipText): HTMLElement {
  const content = document.createElement('div');
  content.className = 'chart-tooltip';
  const title = document.createElement('strong');
  title.textContent = text.title;
  const list = document.createElement('dl');
  for (const [label, value] of text.rows) {
    const term = document.createElement('dt');
    term.textContent = label;
    const description = document.createElement('dd');
    description.textContent = value;
    list.append(term, description);
  }
  content.append(title, list);
  if (text.note !== undefined) {
    const note = document.createElement('p');
    note.textContent = text.note;
    content.append(note);
  }
  return content;
}

/** The tooltip option that all charts share. */
export const PLAIN_TOOLTIP = {
  confine: true,
  transitionDuration: 0,
  className: 'chart-tooltip-box',
  backgroundColor: 'transparent',
  borderWidth: 0,
  padding: 0,
  extraCssText: 'box-shadow:none;',
} as const;
