import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAnswer } from '../../src/state/answers.ts';
import type { Answer } from '../../src/state/answers.ts';
import { AppProvider, useApp } from '../../src/state/app.ts';
import type { App } from '../../src/state/app.ts';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { BacktraceAnswer } from '../../src/model/answers.ts';
import type { Questions } from '../../workers/api.ts';
import { makeDataset, makeFakeClient } from '../support/fake-client.ts';
import type { FakeClient } from '../support/fake-client.ts';

const paramsFor = (name: string): Questions['backtrace']['params'] => ({
  target: { service: { name, type: 'service' }, endpoint: null, instance: null },
  filter: { ...EVERYTHING, timeframe: { from: 5n, to: null } },
});

let dispose = () => {};
const [params, setParams] = createSignal<Questions['backtrace']['params'] | null>(null);

async function ask(client: FakeClient): Promise<{ app: App; answer: Answer<BacktraceAnswer> }> {
  const seen: { app: App; answer: Answer<BacktraceAnswer> }[] = [];
  const Probe = () => {
    seen.push({ app: useApp(), answer: createAnswer('backtrace', params) });
    return null;
  };
  window.history.replaceState(null, '', '#/services?data=01234567');
  dispose = render(
    () => (
      <AppProvider client={client}>
        <Probe />
      </AppProvider>
    ),
    document.body,
  );
  await vi.waitFor(() => expect(seen[0].app.dataset()).not.toBeNull());
  return seen[0];
}

const named = (answer: Answer<BacktraceAnswer>) => answer.latest()?.target.service.name;

beforeEach(() => {
  window.localStorage.clear();
  setParams(null);
});
afterEach(() => dispose());

test('nothing is asked while the params are null', async () => {
  const client = makeFakeClient({ datasets: [makeDataset()] });
  const { app, answer } = await ask(client);
  await vi.waitFor(() => expect(app.busy()).toBe(false));
  expect(client.asked).toEqual([]);
  expect(answer.latest()).toBeUndefined();
});

test('the latest question wins, the previous answer stays meanwhile, and the app is busy until the end', async () => {
  const client = makeFakeClient({ datasets: [makeDataset()], hold: true });
  const { app, answer } = await ask(client);
  setParams(paramsFor('first'));
  client.asked[0].answer();
  await vi.waitFor(() => expect(named(answer)).toBe('first'));

  setParams(paramsFor('overtaken'));
  setParams(paramsFor('last'));
  expect(answer.loading()).toBe(true);
  expect(named(answer)).toBe('first');
  client.asked[2].answer();
  await vi.waitFor(() => expect(named(answer)).toBe('last'));
  client.asked[1].answer();
  await vi.waitFor(() => expect(app.busy()).toBe(false));
  expect(named(answer)).toBe('last');
  expect(answer.loading()).toBe(false);
});

test('equal params are not asked again', async () => {
  const client = makeFakeClient({ datasets: [makeDataset()] });
  await ask(client);
  setParams(paramsFor('orders'));
  setParams(paramsFor('orders'));
  expect(client.asked).toHaveLength(1);
});

test('another dataset forgets the answer and asks again', async () => {
  const other = makeDataset({ id: 2, fingerprint: 'f'.repeat(32) });
  const client = makeFakeClient({ datasets: [makeDataset(), other], hold: true });
  const { app, answer } = await ask(client);
  setParams(paramsFor('orders'));
  client.asked[0].answer();
  await vi.waitFor(() => expect(named(answer)).toBe('orders'));
  await app.openDataset(2);
  expect(answer.latest()).toBeUndefined();
  expect(client.asked).toHaveLength(2);
});

test('an error is told and the previous answer stays', async () => {
  const client = makeFakeClient({ datasets: [makeDataset()] });
  const { app, answer } = await ask(client);
  setParams(paramsFor('orders'));
  await vi.waitFor(() => expect(named(answer)).toBe('orders'));
  client.ask = async () => ({ ok: false, error: { code: 'internal', message: 'no luck' } });
  setParams(paramsFor('cart'));
  await vi.waitFor(() => expect(answer.error()?.message).toBe('no luck'));
  expect(named(answer)).toBe('orders');
  expect(app.busy()).toBe(false);
});

test('a question whose asker is gone keeps nothing busy', async () => {
  const client = makeFakeClient({ datasets: [makeDataset()], hold: true });
  const { app } = await ask(client);
  setParams(paramsFor('orders'));
  expect(app.busy()).toBe(true);
  dispose();
  expect(app.busy()).toBe(false);
});

test('useApp outside of its provider says what is wrong', () => {
  expect(() => useApp()).toThrow('AppProvider');
});
