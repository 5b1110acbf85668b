import { fireEvent, screen } from '@testing-library/dom';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppProvider, useApp } from '../../../src/state/app.ts';
import type { App } from '../../../src/state/app.ts';
import { FilterBar } from '../../../src/ui/filter/FilterBar.tsx';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';

let dispose = () => {};
let app: App;

/** Only the width of a window decides; the test's window has none to set. */
function setNarrow(matches: boolean): void {
  vi.stubGlobal('matchMedia', () => ({ matches, addEventListener: () => {}, removeEventListener: () => {} }));
}

async function show(query = ''): Promise<void> {
  window.history.replaceState(null, '', `#/backtrace?data=01234567&service=orders${query}`);
  const Probe = () => {
    app = useApp();
    return <FilterBar target={null} shown={12} total={34} />;
  };
  const client = makeFakeClient({ datasets: [makeDataset()] });
  dispose = render(
    () => (
      <AppProvider client={client}>
        <Probe />
      </AppProvider>
    ),
    document.body,
  );
  await vi.waitFor(() => expect(app.busy()).toBe(false));
}

const button = () => screen.getByRole('button', { name: /^Filters/ });

beforeEach(() => window.localStorage.clear());
afterEach(() => {
  dispose();
  vi.unstubAllGlobals();
});

test('on a wide screen all filters stand there', async () => {
  setNarrow(false);
  await show();
  expect(screen.queryByRole('button', { name: /^Filters/ })).toBeNull();
  expect(screen.getByRole('button', { name: /^Timeframe/ })).toBeTruthy();
});

test('on a narrow screen they are closed until they are asked for; the count stays', async () => {
  setNarrow(true);
  await show();
  expect(button().getAttribute('aria-expanded')).toBe('false');
  expect(screen.queryByRole('button', { name: /^Timeframe/ })).toBeNull();
  expect(screen.getByRole('status').textContent).toBe('12 of 34 requests');
  fireEvent.click(button());
  expect(button().getAttribute('aria-expanded')).toBe('true');
  expect(screen.getByRole('button', { name: /^Timeframe/ })).toBeTruthy();
});

test('closed, they say all that is set', async () => {
  setNarrow(true);
  await show('&zone=cloud.region:eu&endpoint=GET+/a&chain=orders,cart&rules=otel&last=15m');
  expect(button().textContent).toBe('Filters (5)');
  const words = document.getElementById(button().getAttribute('aria-describedby') ?? '');
  expect(words?.textContent?.split(' · ').slice(1)).toEqual([
    'region eu',
    'failure rules: OpenTelemetry status only',
    'endpoint GET /a',
    'only through cart → orders',
  ]);
});
