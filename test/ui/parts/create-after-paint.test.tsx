import { Show, createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, expect, test, vi } from 'vitest';
import { AppProvider, useApp } from '../../../src/state/app.ts';
import type { App } from '../../../src/state/app.ts';
import { createAfterPaint } from '../../../src/ui/parts/create-after-paint.ts';
import { makeFakeClient } from '../../support/fake-client.ts';

let dispose = () => {};

afterEach(() => {
  dispose();
  vi.unstubAllGlobals();
});

test('each part is drawn behind a painted frame of its own; until the last the page is busy', async () => {
  const seen: { app?: App; step: () => number } = { step: () => -1 };
  const [mounted, setMounted] = createSignal(false);
  const Parts = () => {
    seen.step = createAfterPaint(2);
    return null;
  };
  const Page = () => {
    seen.app = useApp();
    return (
      <Show when={mounted()}>
        <Parts />
      </Show>
    );
  };
  dispose = render(
    () => (
      <AppProvider client={makeFakeClient({})}>
        <Page />
      </AppProvider>
    ),
    document.body,
  );
  await vi.waitFor(() => expect(seen.app?.busy()).toBe(false));

  const tasks: (() => void)[] = [];
  const queue = (task: () => void) => tasks.push(task);
  vi.stubGlobal('requestAnimationFrame', queue);
  vi.spyOn(window, 'setTimeout').mockImplementation(queue as unknown as typeof window.setTimeout);
  const states = () => [seen.step(), seen.app?.busy()];
  setMounted(true);
  expect(states()).toEqual([0, true]);
  tasks.shift()?.();
  expect(states()).toEqual([0, true]);
  tasks.shift()?.();
  expect(states()).toEqual([1, true]);
  tasks.shift()?.();
  tasks.shift()?.();
  expect(states()).toEqual([2, false]);
  expect(tasks).toEqual([]);
  vi.restoreAllMocks();
});
