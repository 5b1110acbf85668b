import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { makeEngineClient } from '../../support/engine-client.ts';
import { trace } from '../../support/trace-text.ts';
import { renderApp, settled } from '../render-app.tsx';

/** Each request of the shop stands for four; one of the two fails. */
const SAMPLED = `
  web   GET /   server  20ms  w3c.tracestate=ot=th:c
    web  GET    client  18ms
      shop  GET /  server  10ms  500
  web   GET /   server  30ms  w3c.tracestate=ot=th:c
    web  GET    client  28ms
      shop  GET /  server  15ms  200
`;
const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=shop';
const client = (text = SAMPLED) => makeEngineClient(trace(text));
const root = () => within(screen.getByRole('treegrid')).getAllByRole('row')[1];

describe('estimates of the whole', () => {
  test('are offered only where the data has weights', async () => {
    await renderApp(client(SAMPLED.replaceAll('w3c.tracestate=ot=th:c', '')), AT);
    expect(screen.queryByLabelText('Extrapolated')).toBeNull();
  });

  test('are off at first; on, they are marked, with what is in the data beside them', async () => {
    await renderApp(client(), AT);
    expect(root().textContent).not.toContain('≈');
    fireEvent.click(screen.getByLabelText('Extrapolated'));
    await settled();
    expect(window.location.hash).toContain('extrapolated=yes');
    const calls = within(root())
      .getAllByRole('gridcell')
      .find((cell) => cell.textContent.includes('≈'));
    expect(calls?.textContent).toContain('≈\u00a08');
    expect(calls?.getAttribute('title')).toBe('2 in the data');
    const figures = screen.getByRole('group', { name: 'Figures of the selected step' });
    expect(figures.textContent).toContain('≈\u00a04');
    expect(figures.textContent).toContain('1 in the data');
    expect(screen.getByRole('status', { name: '' }).textContent).toContain('2 of 2 requests');
  });

  test('the verdict and other tabs say that they count what is in the data', async () => {
    await renderApp(client(), `${AT}&extrapolated=yes&tab=impact`);
    expect(screen.getByText('Counted in the data, not extrapolated.')).toBeTruthy();
    expect(screen.getByText(/Not extrapolated: these figures count/)).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Verdict' }).textContent).toContain('1 of 2');
  });

  test('of top requests are marked too', async () => {
    await renderApp(client(), '#/requests?data=0123456789ab&file=shop.json&extrapolated=yes&kind=all');
    expect(screen.getByLabelText<HTMLInputElement>('Extrapolated').checked).toBe(true);
    const all = within(screen.getByRole('table', { name: 'Top requests' })).getByRole('row', {
      name: /all together/,
    });
    expect(all.textContent).toContain('≈\u00a016');
    expect(within(all).getAllByTitle('4 in the data').length).toBeGreaterThan(0);
  });

  test('of services are marked too', async () => {
    await renderApp(client(), '#/services?data=0123456789ab&file=shop.json&extrapolated=yes');
    const row = within(screen.getByRole('table', { name: 'Services' })).getByRole('row', { name: /shop/ });
    expect(row.textContent).toContain('≈\u00a08');
  });
});
