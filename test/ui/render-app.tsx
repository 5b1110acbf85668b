/** The app on a fake client, in the document. */
import { render } from 'solid-js/web';
import { screen } from '@testing-library/dom';
import { afterEach, vi } from 'vitest';
import { AppProvider } from '../../src/state/app.ts';
import { App } from '../../src/ui/App.tsx';
import type { FakeClient } from '../support/fake-client.ts';

let dispose = () => {};

afterEach(() => {
  dispose();
  dispose = () => {};
  document.body.replaceChildren();
  window.localStorage.clear();
});

/** Resolves when nothing is being computed any more. */
export async function renderApp(client: FakeClient, hash: string): Promise<void> {
  window.history.replaceState(null, '', hash);
  dispose = render(
    () => (
      <AppProvider client={client}>
        <App />
      </AppProvider>
    ),
    document.body,
  );
  await settled();
}

export async function settled(): Promise<void> {
  await vi.waitFor(
    () => {
      const main = screen.getByRole('main');
      if (main.getAttribute('aria-busy') !== 'false' || main.textContent === '')
        throw new Error('still busy');
    },
    // On a busy machine the code of a screen takes its time to be compiled.
    { timeout: 50_000 },
  );
}
