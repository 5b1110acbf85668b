import type { JSX } from 'solid-js';

/** px; undefined: as wide as its content. */
export function widthStyle(width: number | undefined): JSX.CSSProperties | undefined {
  if (width === undefined) return undefined;
  return { width: `${width}px`, 'min-width': `${width}px`, 'max-width': `${width}px` };
}
