import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { failedChains } from '../../../src/ui/backtrace/FailedChains.tsx';
import type { ServiceRef } from '../../../src/model/service.ts';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import { renderApp, settled } from '../render-app.tsx';
import { sampleNode } from './sample-backtrace.ts';

const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=orders&node=orders,web-server:nginx';
const client = () => makeFakeClient({ datasets: [makeDataset()] });
const evidenceOf = (link: HTMLElement) =>
  new URLSearchParams(link.getAttribute('href')?.split('?')[1]).getAll('evidence');

describe('the tabs of the selected step', () => {
  test('keep step, chain filters and timeframe, and are in the link', async () => {
    const fake = client();
    await renderApp(fake, `${AT}&chain=orders,web-server:nginx&last=5m`);
    for (const [name, slug, question] of [
      ['Failures', 'failures', 'node'],
      ['Response time', 'responseTime', 'distribution'],
      ['Instances', 'instances', 'instances'],
    ]) {
      fireEvent.click(screen.getByRole('tab', { name }));
      await settled();
      for (const part of [
        `panel=${slug}`,
        'node=orders,web-server:nginx',
        'chain=orders,web-server:nginx',
        'last=5m',
      ])
        expect(window.location.hash).toContain(part);
      const last = fake.asked.filter((one) => one.question === question).at(-1);
      expect(last?.params).toMatchObject({ path: [{ name: 'orders' }, { name: 'nginx' }] });
    }
  });

  test('say what could not be computed, and do not go on as if it were coming', async () => {
    const fake = client();
    const ask: typeof fake.ask = (question, params, rules) =>
      question === 'instances'
        ? Promise.resolve({ ok: false, error: { code: 'not-found', message: 'It broke.' } })
        : fake.ask(question, params, rules);
    await renderApp({ ...fake, ask }, `${AT}&panel=instances`);
    expect(screen.getByRole('alert').textContent).toContain('It broke.');
    expect(screen.queryByText('Counting …')).toBeNull();
  });

  test('are walked with the arrow keys', async () => {
    await renderApp(client(), AT);
    const list = screen.getByRole('tablist', { name: 'Details of the selected step' });
    fireEvent.keyDown(within(list).getByRole('tab', { name: 'Overview' }), { key: 'ArrowRight' });
    await settled();
    expect(document.activeElement?.textContent).toBe('Analyze');
    fireEvent.keyDown(document.activeElement ?? list, { key: 'Home' });
    await settled();
    expect(document.activeElement?.textContent).toBe('Overview');
    expect(window.location.hash).not.toContain('panel=');
  });

  test('instances: of the caller and of the chosen service, unevenness in words', async () => {
    await renderApp(client(), `${AT}&panel=instances`);
    const caller = screen.getByRole('table', { name: 'Instances of the selected caller, nginx' });
    const row = within(caller).getAllByRole('row')[1];
    expect(row.textContent).toContain('uneven 1.60');
    expect(evidenceOf(within(row).getByRole('link', { name: '160' }))).toEqual([
      'requests',
      'at:orders,web-server:nginx',
      'instance:pod-1',
    ]);
    const target = screen.getByRole('table', { name: 'Instances of the chosen service, orders' });
    expect(within(target).getByRole('link', { name: 'pod-1' }).getAttribute('href')).toContain(
      'instance=pod-1',
    );
  });

  test('response time: the scale is in the link and asked for', async () => {
    const fake = client();
    await renderApp(fake, `${AT}&panel=responseTime`);
    fireEvent.click(screen.getByRole('button', { name: 'Steps that grow (logarithmic)' }));
    await settled();
    expect(window.location.hash).toContain('mode=log');
    expect(fake.asked.filter((one) => one.question === 'distribution').at(-1)?.params).toMatchObject({
      scale: 'log',
    });
  });

  test('failures: choosing a reason lists its requests', async () => {
    await renderApp(client(), `${AT}&panel=failures`);
    const table = screen.getByRole('table', { name: 'Reasons for failed requests' });
    expect(evidenceOf(within(table).getByRole('link', { name: 'HTTP 503' }))).toEqual([
      'failedRequests',
      'at:orders,web-server:nginx',
      'reason:HTTP 503',
    ]);
  });
});

test('affected chains are those above the step that end with a failed call', () => {
  const shop = (failedCalls: number) => sampleNode('shop', 30, { type: 'application', failedCalls });
  const orders = sampleNode('orders', 60, {
    failedCalls: 7,
    callers: [shop(0), sampleNode('nginx', 30, { failedCalls: 7, callers: [shop(7)] })],
  });
  const root = sampleNode('db', 62, {
    failedCalls: 8,
    callers: [orders, sampleNode('cron', 2, { failedCalls: 1 })],
  });
  const chainsAt = (...path: ServiceRef[]) =>
    failedChains(root, path).map(({ path: steps }) => steps.map((step) => step.name).join(' < '));
  expect(chainsAt(root.service).toSorted()).toEqual(['db < cron', 'db < orders < nginx < shop']);
  expect(chainsAt(root.service, orders.service)).toEqual(['db < orders < nginx < shop']);
  expect(chainsAt({ name: 'nobody', type: 'service' })).toEqual([]);
});
