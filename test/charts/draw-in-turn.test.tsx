import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drawInTurn } from '../../src/charts/draw-in-turn.ts';

/** What the browser would do next: frames to paint and tasks behind them. */
let tasks: (() => void)[];

beforeEach(() => {
  tasks = [];
  const queue = (task: () => void) => tasks.push(task);
  vi.stubGlobal('requestAnimationFrame', queue);
  vi.stubGlobal('setTimeout', queue);
});
afterEach(() => vi.unstubAllGlobals());

async function nextTask(): Promise<void> {
  tasks.shift()?.();
  await Promise.resolve();
  await Promise.resolve();
}

/** A frame is painted, and the task behind it runs. */
async function nextFrame(): Promise<void> {
  await nextTask();
  await nextTask();
}

test('steps are drawn one after the other, each behind a painted frame of its own', async () => {
  const drawn: string[] = [];
  for (const name of ['tree', 'sunburst', 'chart']) drawInTurn(() => drawn.push(name));
  expect(drawn).toEqual([]);
  await nextTask();
  expect(drawn).toEqual([]);
  await nextTask();
  expect(drawn).toEqual(['tree']);
  await nextFrame();
  expect(drawn).toEqual(['tree', 'sunburst']);
  await nextFrame();
  expect(drawn).toEqual(['tree', 'sunburst', 'chart']);
  expect(tasks).toEqual([]);
});

test('a step that is taken back is not drawn, and one queued later is', async () => {
  const drawn: string[] = [];
  const takeBack = drawInTurn(() => drawn.push('old'));
  takeBack();
  drawInTurn(() => drawn.push('new'));
  await nextFrame();
  await nextFrame();
  expect(drawn).toEqual(['new']);
  drawInTurn(() => drawn.push('later'));
  await nextFrame();
  expect(drawn).toEqual(['new', 'later']);
});
