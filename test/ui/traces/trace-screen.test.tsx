import { screen, within } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import { makeEngineClient } from '../../support/engine-client.ts';
import { trace, traceIdOf } from '../../support/trace-text.ts';
import { renderApp, settled } from '../render-app.tsx';

const SPANS = trace(`
  web   click  internal  100ms  app  target_text=Buy
    web   POST  client  90ms
      cart  POST /buy  server  80ms  503
        cart  SELECT  client  40ms  at=20ms  db.system=redis  db.namespace=stock
        cart  check   internal  -5ms  at=4ms  exception=Odd: card 42
`);
const ID = traceIdOf('1');

const rows = () => screen.getAllByRole('row').slice(1);
const press = (key: string) =>
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
  );

async function open(hash = `#/trace?data=0123456789ab&trace=${ID}`): Promise<void> {
  await renderApp(makeEngineClient(SPANS), hash);
}

describe('the waterfall', () => {
  test('shows the spans below their parents, with service, failure, error and clock mark as text', async () => {
    await open();
    const text = rows().map(
      (row) => `${row.getAttribute('aria-level')} ${within(row).getAllByRole('gridcell')[0].textContent}`,
    );
    expect(text).toEqual([
      '1 webclick',
      '2 webPOST',
      '3 failed: cartPOST /buy',
      '4 reports an error: ends before it starts: cartcheck',
      '4 cartSELECT',
    ]);
  });

  test('draws bars and the critical path in proportion to time', async () => {
    await open();
    const bars = document.querySelectorAll<HTMLElement>('.span-bar');
    expect([...bars].map((bar) => `${bar.style.left} ${bar.style.width}`).slice(0, 3)).toEqual([
      '0% 100%',
      '1% 90%',
      '2% 80%',
    ]);
    expect(document.querySelectorAll('.critical-part').length).toBeGreaterThan(3);
  });

  test('goes from error to error, also to one that is hidden', async () => {
    await open();
    rows()[0].focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowLeft']) press(key);
    await settled();
    expect(rows()).toHaveLength(3);
    press('e');
    await settled();
    expect(window.location.hash).toContain('span=0000000000000005');
    expect(document.activeElement?.textContent).toContain('check');
    press('E');
    await settled();
    expect(window.location.hash).toContain('span=0000000000000003');
    screen.getByRole('button', { name: 'Previous error' }).click();
    await settled();
    expect(window.location.hash).toContain('span=0000000000000005');
  });

  test('selects with up and down, and says so in the link', async () => {
    await open();
    rows()[0].focus();
    press('ArrowDown');
    press('ArrowDown');
    await settled();
    expect(rows()[2].getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(rows()[2]);
    expect(window.location.hash).toContain('span=0000000000000003');
    expect(screen.getByRole('heading', { level: 2, name: 'POST /buy' })).toBeTruthy();
  });

  test('closes and opens with left and right', async () => {
    await open(`#/trace?data=0123456789ab&trace=${ID}&span=0000000000000003`);
    rows()[2].focus();
    press('ArrowLeft');
    await settled();
    expect(rows()).toHaveLength(3);
    press('ArrowRight');
    await settled();
    expect(rows()).toHaveLength(5);
  });

  test('highlights the chain of the selected span and names it', async () => {
    await open(`#/trace?data=0123456789ab&trace=${ID}&span=0000000000000003`);
    const steps = within(screen.getByRole('navigation', { name: /Chain/ })).getAllByRole('listitem');
    expect(steps.map((step) => step.textContent)).toEqual(['web: click on "Buy"', 'failed: cart: POST /buy']);
    expect(rows().map((row) => row.classList.contains('on-chain'))).toEqual([true, true, true, true, true]);
    within(steps[0]).getByRole('button').click();
    await settled();
    expect(rows().map((row) => row.classList.contains('on-chain'))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('the panel of a span', () => {
  test('lists attributes, events and resource as text', async () => {
    await open(`#/trace?data=0123456789ab&trace=${ID}&span=0000000000000005`);
    const panel = within(screen.getByRole('region', { name: 'check' }));
    await vi.waitFor(() => panel.getByText('exception.message'));
    expect(panel.getByText('card 42')).toBeTruthy();
    expect(panel.getByText('service.name')).toBeTruthy();
    expect(panel.getByText('ends before it starts')).toBeTruthy();
  });

  test('says what the span stands for', async () => {
    await open(`#/trace?data=0123456789ab&trace=${ID}&span=0000000000000004`);
    expect(screen.getByText('stands for a request of stock that succeeded')).toBeTruthy();
  });
});

describe('the screen', () => {
  test('says that a trace is not in the data', async () => {
    await open(`#/trace?data=0123456789ab&trace=${traceIdOf('beef')}`);
    expect(screen.getByText(/holds no span of the trace/)).toBeTruthy();
  });

  test('leads to requests where the link names no trace: of the service that is open', async () => {
    await open('#/trace?data=0123456789ab&service=cart');
    expect(screen.getByRole('link', { name: 'List the requests of cart' }).getAttribute('href')).toMatch(
      /^#\/backtrace\?.*service=cart&evidence=requests&evidence=at:cart$/,
    );
    window.location.hash = '#/trace?data=0123456789ab';
    expect(await screen.findByRole('link', { name: 'Choose a service' })).toBeTruthy();
  });

  test('asks for an id where the link names none, and opens the one that is entered', async () => {
    await open('#/trace?data=0123456789ab');
    expect(screen.getByText(/Enter the id of a trace/)).toBeTruthy();
    const input = screen.getByLabelText<HTMLInputElement>('Trace id');
    input.value = ID;
    input.form?.requestSubmit();
    await settled();
    expect(rows()).toHaveLength(5);
    expect(window.location.hash).toContain(`trace=${ID}`);
  });

  test('says why it could not be read', async () => {
    const client = makeEngineClient(SPANS);
    client.ask = async () => ({ ok: false, error: { code: 'not-found', message: 'It is gone.' } });
    await renderApp(client, `#/trace?data=0123456789ab&trace=${ID}`);
    expect(screen.getByRole('alert').textContent).toContain('It is gone.');
  });
});
