/**
 * Charts are drawn one after the other, each step in a task of its own after a painted frame: several drawn at once
 * would keep the page from answering for as long as all of them take.
 */
const waiting: (() => void)[] = [];
let running = false;

/** Queues a step; the returned function takes it back while it waits. */
export function drawInTurn(step: () => void): () => void {
  waiting.push(step);
  if (!running) drawNext();
  return () => {
    const at = waiting.indexOf(step);
    if (at >= 0) waiting.splice(at, 1);
  };
}

function drawNext(): void {
  running = waiting.length > 0;
  if (!running) return;
  void painted().then(() => {
    const step = waiting.shift();
    // before the step, so that one that throws stops no other
    drawNext();
    step?.();
  });
}

/** Resolves when what is on the page now has been painted; a page in the background paints nothing. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}
