import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import type { ServiceAnswer } from '../../../src/model/answers.ts';
import type { QuestionName } from '../../../workers/api.ts';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import type { FakeClient } from '../../support/fake-client.ts';
import { renderApp, settled } from '../render-app.tsx';

const AT = '#/service?data=0123456789ab&file=shop.json&service=orders';

function client(change: Partial<ServiceAnswer> = {}): FakeClient {
  const fake = makeFakeClient({ datasets: [makeDataset()] });
  const ask = fake.ask.bind(fake) as (question: QuestionName, params: unknown) => Promise<{ value: object }>;
  fake.ask = (async (question: QuestionName, params: unknown) => {
    const answered = await ask(question, params);
    return question === 'service' ? { ok: true, value: { ...answered.value, ...change } } : answered;
  }) as unknown as FakeClient['ask'];
  return fake;
}

const figure = (name: string) =>
  within(screen.getByRole('group', { name: 'Key figures' }))
    .getByRole('button', { name })
    .closest('.figure')
    ?.querySelector('dd')?.textContent;

describe('the screen of a service', () => {
  test('shows its key figures with units', async () => {
    await renderApp(client(), AT);
    expect(figure('Requests')).toBe('200');
    expect(figure('Failure rate')).toBe('15\u00a0%');
    expect(figure('Failed requests')).toBe('30');
    expect(figure('Median')).toBe('12.3\u00a0ms');
    expect(figure('Slowest')).toBe('812\u00a0ms');
    expect(figure('Instances')).toBe('2');
  });

  test('leads to the backtrace of this service', async () => {
    await renderApp(client(), AT);
    const link = screen.getByRole('link', { name: 'Analyze backtrace' });
    expect(link.getAttribute('href')).toMatch(/^#\/backtrace\?.*service=orders/);
  });

  test('a link without a type means the traced service of that name', async () => {
    const fake = client();
    await renderApp(fake, AT);
    expect(fake.asked.find(({ question }) => question === 'service')?.params).toMatchObject({
      target: { service: { name: 'orders', type: 'service' } },
    });
  });

  test('choosing an endpoint narrows the target to it', async () => {
    const fake = client();
    await renderApp(fake, AT);
    const table = screen.getByRole('table', { name: 'Endpoints' });
    const link = within(table).getByRole('link', { name: 'POST /orders' });
    expect(link.getAttribute('href')).toContain('endpoint=POST');
    fireEvent.click(within(table).getByRole('button', { name: 'Endpoint' }));
    await settled();
    expect(within(table).getAllByRole('rowheader')[0].textContent).toBe('GET /orders/{id}');
  });

  test('names the charts and gives their figures as a table', async () => {
    await renderApp(client(), AT);
    expect(screen.getByRole('img', { name: /^Failure rate over time/ })).toBeTruthy();
    expect(screen.getByRole('img', { name: /^Response time over time/ })).toBeTruthy();
    const details = screen.getAllByText('Show as table')[0].closest('details');
    if (details === null) throw new Error('no table beside the chart');
    details.open = true;
    fireEvent(details, new Event('toggle'));
    const rows = within(screen.getByRole('table', { name: 'Failure rate over time' })).getAllByRole('row');
    expect(rows).toHaveLength(7);
    expect(rows[2].textContent).toContain('3.2\u00a0%');
  });

  test('says that a called service is traced elsewhere but its span is missing here', async () => {
    await renderApp(client({ tracedTwin: true }), AT);
    expect(screen.getByText(/Called here, but its span is missing/)).toBeTruthy();
  });

  test('lists the reasons with their part of the failures', async () => {
    await renderApp(client(), AT);
    const reason = screen.getByText('TimeoutError: no answer in {n} ms').closest('li');
    expect(reason?.textContent).toContain('30\u00a0requests (100\u00a0%)');
  });

  test('says so where no request is in the timeframe', async () => {
    await renderApp(client({ requests: 0 }), `${AT}&last=5m`);
    expect(screen.getByText(/No request of orders starts in this timeframe/)).toBeTruthy();
  });
});
