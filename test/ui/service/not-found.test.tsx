/** A link met with other data: what of it does not apply is said, and what does is offered. */
import { screen, within } from '@testing-library/dom';
import { expect, test } from 'vitest';
import type { QuestionName } from '../../../workers/api.ts';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import type { FakeClient } from '../../support/fake-client.ts';
import { renderApp } from '../render-app.tsx';

/** The data holds neither the service nor a request of any other that matches. */
function client(change: object): FakeClient {
  const fake = makeFakeClient({ datasets: [makeDataset()] });
  const ask = fake.ask.bind(fake) as (question: QuestionName, params: unknown) => Promise<{ value: object }>;
  fake.ask = (async (
    question: QuestionName,
    params: { filter?: unknown; target?: { endpoint: unknown } },
  ) => {
    const answered = await ask(question, params);
    const isAsked = question === 'backtrace' || (question === 'service' && params.target?.endpoint !== null);
    return isAsked ? { ok: true, value: { ...answered.value, ...change } } : answered;
  }) as unknown as FakeClient['ask'];
  return fake;
}

test.each(['service', 'backtrace'])(
  'on the screen “%s” a service that is not there has no controls',
  async (view) => {
    const gone = client({ found: false, requests: 0 });
    await renderApp(
      gone,
      `#/${view}?data=0123456789ab&file=shop.json&service=order&endpoint=GET+/x&chain=order,nginx`,
    );
    const state = screen.getByText(/The open data holds no/).closest('div');
    if (!state) throw new Error('nothing is said');
    expect(state.textContent).toContain('holds no service named order.');
    expect(state.textContent).toContain('the endpoint “GET /x” and 1\u00a0chain filter');
    const alike = within(state).getByRole('list', { name: 'Services with a name like it:' });
    const links = within(alike).getAllByRole('link');
    expect(links[0].getAttribute('href')).toMatch(new RegExp(`^#/${view}\\?.*service=orders`));
    expect(links[0].getAttribute('href')).not.toContain('endpoint');
    expect(screen.queryByRole('region', { name: 'Filter' })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Analyze backtrace' })).toBeNull();
    expect(screen.queryByLabelText('Endpoint')).toBeNull();
    expect(screen.queryByRole('group', { name: 'Export' })).toBeNull();
  },
);

test('an endpoint that the service does not have is named, with those that are like it', async () => {
  await renderApp(
    client({ requests: 0 }),
    '#/service?data=0123456789ab&file=shop.json&service=orders&endpoint=GET+/order/{id}&chain=orders,proxy',
  );
  const state = screen.getByText(/The data holds no endpoint/).closest('div');
  expect(state?.textContent).toContain('no endpoint GET /order/{id} of this service');
  expect(state?.textContent).toContain('A filter asks for the service proxy, which the data does not hold.');
  const alike = screen.getByRole('list', { name: 'Endpoints with a name like it' });
  expect(within(alike).getAllByRole('link')[0].textContent).toBe('GET /orders/{id}');
});
