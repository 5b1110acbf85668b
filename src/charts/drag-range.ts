/** Dragging over a time chart marks a range. Touch drags along the axis mark, across it they scroll the page. */

export interface DragRange {
  /** Category at x px from the left of the host. */
  readonly categoryAt: (x: number) => number;
  readonly onRange: (first: number, last: number) => void;
}

/** Shorter drags are clicks, px. */
const CLICK_SLACK = 5;

/** Returns the function that detaches it. */
export function attachDragRange(host: HTMLElement, drag: DragRange): () => void {
  const mark = document.createElement('div');
  mark.className = 'chart-drag-mark';
  mark.hidden = true;
  host.classList.add('chart-draggable');
  host.append(mark);
  let start: number | null = null;

  const xOf = (event: PointerEvent) => {
    const box = host.getBoundingClientRect();
    return Math.min(box.width, Math.max(0, event.clientX - box.left));
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    start = xOf(event);
  };
  const onMove = (event: PointerEvent) => {
    if (start === null) return;
    // Let go outside, before it was a drag.
    if (event.buttons === 0) return end();
    const x = xOf(event);
    mark.hidden = Math.abs(x - start) < CLICK_SLACK;
    // Not before: a captured click is the host's and never reaches the bar.
    if (!mark.hidden) host.setPointerCapture(event.pointerId);
    host.classList.toggle('chart-dragging', !mark.hidden);
    mark.style.left = `${Math.min(x, start)}px`;
    mark.style.width = `${Math.abs(x - start)}px`;
  };
  const onUp = (event: PointerEvent) => {
    if (start === null) return;
    const [left, right] = [start, xOf(event)].toSorted((a, b) => a - b);
    end();
    if (right - left >= CLICK_SLACK) drag.onRange(drag.categoryAt(left), drag.categoryAt(right));
  };
  const end = () => {
    start = null;
    mark.hidden = true;
    host.classList.remove('chart-dragging');
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') end();
  };

  host.addEventListener('pointerdown', onDown);
  host.addEventListener('pointermove', onMove);
  host.addEventListener('pointerup', onUp);
  host.addEventListener('pointercancel', end);
  document.addEventListener('keydown', onKey);
  return () => {
    host.removeEventListener('pointerdown', onDown);
    host.removeEventListener('pointermove', onMove);
    host.removeEventListener('pointerup', onUp);
    host.removeEventListener('pointercancel', end);
    document.removeEventListener('keydown', onKey);
    mark.remove();
  };
}
