import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { describeChance, describeValue } from '../../../src/ui/outliers/outlier-text.ts';
import { makeEngineClient } from '../../support/engine-client.ts';
import { trace } from '../../support/trace-text.ts';
import { renderApp, settled } from '../render-app.tsx';

/** Of 40 requests the two slow ones came through the batch job; their order ids are unique. */
const SPANS = trace(
  Array.from({ length: 40 }, (_, i) => {
    const [caller, ms] = i < 2 ? ['batch', 900 + i] : ['web', 20 + (i % 7)];
    return `
  ${caller}  run  server  ${ms + 5}ms
    ${caller}  POST  client  ${ms + 2}ms
      cart  POST /add  server  ${ms}ms  order.id=o${i}  tenant=${i < 2 ? 'acme' : 'other'}${i % 10 === 3 ? '  500' : ''}`;
  }).join('\n'),
);
const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=cart&tab=outliers';

describe('the outliers tab', () => {
  test('says in one sentence what sets the slow ones apart, with the requests behind it', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    const sentence = document.querySelector('.fate-sentence');
    expect(sentence?.textContent?.replaceAll('\u00a0', ' ')).toBe(
      'The slowest 5 % of cart: 100 % have caller = batch, against none of the 38 others.',
    );
    const link = screen.getByRole('link', { name: /slowest 5/ });
    expect(new URLSearchParams(link.getAttribute('href')?.split('?')[1]).getAll('evidence')).toEqual([
      'requests',
      'at:cart',
      'durationNs:900000000..',
    ]);
  });

  test('names what the same requests bear beside it, and what was left out as ids', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    const table = screen.getByRole('table', { name: 'Over-represented values' });
    const row = within(table).getAllByRole('row')[1];
    expect(row.textContent).toContain('tenant = acme');
    expect(screen.getByText(/order\.id: its values tell single requests apart/)).toBeTruthy();
  });

  test('an interval is marked where the corrected chance is, not wherever it does not hold 0', async () => {
    const spans = trace(
      Array.from({ length: 60 }, (_, i) => {
        const region = [3, 13, 23].includes(i) || i % 12 === 0 ? 'eu' : 'us';
        const failed = i % 10 === 3 ? 'plan=free  500' : 'plan=paid';
        return `cart  POST /add  server  20ms  region=${region}  shard=s${i % 4}  size=z${i % 3}  ${failed}`;
      }).join('\n'),
    );
    await renderApp(makeEngineClient(spans), `${AT}&mode=failed`);
    const marks = (name: RegExp) => {
      const row = screen.getByRole('row', { name });
      return ['.difference.beyond', '.outlier-beyond'].map((mark) => row.querySelector(mark) !== null);
    };
    expect(marks(/plan free/)).toEqual([true, true]);
    expect(screen.getByRole('row', { name: /region eu/ }).textContent).toMatch(/\+\d\S* to \+\d/);
    expect(marks(/region eu/)).toEqual([false, false]);
  });

  test('a caller is narrowed to by a chain filter', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    const only = screen.getByRole('link', { name: 'Filter by this: caller = batch' });
    expect(only.getAttribute('href')).toContain('chain=cart,batch');
  });

  test('a status is narrowed to by a condition', async () => {
    const spans = trace(
      Array.from({ length: 40 }, (_, i) =>
        i < 2
          ? 'cart  POST /add  server  900ms  404'
          : `cart  POST /add  server  20ms${i < 6 ? '  500' : ''}`,
      ).join('\n'),
    );
    await renderApp(makeEngineClient(spans), AT);
    const only = screen.getAllByRole('link', { name: /^Filter by this: HTTP status = 404/ })[0];
    expect(only.getAttribute('href')).toContain('where=');
    // By definition it sets the failed ones apart.
    fireEvent.click(screen.getByRole('button', { name: 'Failed' }));
    await settled();
    expect(screen.queryByRole('row', { name: /HTTP status|http\.response\.status_code/ })).toBeNull();
  });

  test('the counts of an attribute open the requests that bear it', async () => {
    await renderApp(makeEngineClient(SPANS.filter(({ kind }) => kind === 2)), AT);
    const row = screen.getByRole('row', { name: /tenant acme/ });
    const evidence = within(row)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href') ?? '');
    expect(evidence.some((href) => href.includes('here:') && href.includes('span.tenant'))).toBe(true);
  });

  test('the link holds which requests are looked at', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    fireEvent.click(screen.getByRole('button', { name: 'Failed' }));
    await settled();
    expect(window.location.hash).toContain('mode=failed');
    expect(document.querySelector('.fate-sentence')?.textContent).toContain('failed requests of cart');
  });

  test('of the selected caller are of its requests that led to the chosen service', async () => {
    await renderApp(makeEngineClient(SPANS), `${AT}&node=cart,web&of=caller`);
    const sentence = () => document.querySelector('.fate-sentence')?.textContent ?? '';
    expect(screen.getByRole('button', { name: 'Selected caller: web' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    // its two other calls are those of the batch job, the slow ones
    expect(screen.getByText(/None of the 38.requests is slower than their 95th percentile/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Analysed service: cart' }));
    await settled();
    expect(sentence()).toContain('of cart');
  });

  test('where nobody is slower than the percentile it says so', async () => {
    await renderApp(makeEngineClient(SPANS), `${AT}&mode=slow1`);
    expect(screen.getByText(/None of the 40.requests is slower than their 99th percentile/)).toBeTruthy();
  });
});

test('values that are missing or empty have words', () => {
  const field = { kind: 'span', key: 'a' } as const;
  expect(describeValue({ field, value: null, path: null })).toBe('not set');
  expect(describeValue({ field, value: '', path: null })).toBe('(empty)');
  const caller = { kind: 'request', name: 'caller' } as const;
  expect(describeValue({ field: caller, value: 'entryPoint', path: null })).toBe('none: an entry point');
  const path = [{ name: 'entryPoint', type: 'service' }] as const;
  expect(describeValue({ field: caller, value: 'entryPoint', path })).toBe('entryPoint');
});

test('a chance is never told as 0', () => {
  expect([0, 0.0004, 0.012, 0.5, 1].map(describeChance)).toEqual([
    '<\u00a00.001',
    '<\u00a00.001',
    '0.012',
    '0.5',
    '1',
  ]);
});
