import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, expect, test, vi } from 'vitest';
import { AppProvider, useApp } from '../../../src/state/app.ts';
import type { App } from '../../../src/state/app.ts';
import { createGrowing } from '../../../src/ui/parts/create-growing.ts';
import { makeFakeClient } from '../../support/fake-client.ts';

let dispose = () => {};
afterEach(() => dispose());

const rowsOf = (count: number): readonly number[] => Array.from({ length: count }, (_, row) => row);

test('many rows are drawn a few a frame; other rows begin anew, but with what is in sight', async () => {
  const seen: { app?: App; drawn: () => number } = { drawn: () => -1 };
  const [rows, setRows] = createSignal(rowsOf(0));
  const [inSight, setInSight] = createSignal(0);
  const Probe = () => {
    seen.app = useApp();
    seen.drawn = createGrowing(rows, inSight);
    return null;
  };
  dispose = render(
    () => (
      <AppProvider client={makeFakeClient({})}>
        <Probe />
      </AppProvider>
    ),
    document.body,
  );
  await vi.waitFor(() => expect(seen.app?.busy()).toBe(false));
  setRows(rowsOf(40));
  expect(seen.drawn()).toBe(12);
  expect(seen.app?.busy()).toBe(true);
  await vi.waitFor(() => expect(seen.drawn()).toBeGreaterThanOrEqual(40));
  await vi.waitFor(() => expect(seen.app?.busy()).toBe(false));
  setInSight(30);
  setRows(rowsOf(50));
  expect(seen.drawn()).toBe(30);
  await vi.waitFor(() => expect(seen.drawn()).toBeGreaterThanOrEqual(50));
  setRows(rowsOf(8));
  expect(seen.app?.busy()).toBe(false);
});
