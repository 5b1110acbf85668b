import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { makeDataset, makeFakeClient, makeEvidenceRow, ORDERS } from '../../support/fake-client.ts';
import { answerInstead } from '../../support/answer-instead.ts';
import type { FakeClient } from '../../support/fake-client.ts';
import { evidenceCsv } from '../../../src/ui/evidence/EvidenceDownload.tsx';
import { renderApp, settled } from '../render-app.tsx';

const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=orders';
const NODE = `${AT}&node=orders,web-server:nginx`;

const client = () => makeFakeClient({ datasets: [makeDataset()] });
const asked = (fake: FakeClient) =>
  fake.asked.filter(({ question }) => question === 'evidence').map(({ params }) => params);
const drawer = () => screen.getByRole('dialog');

/** Goes where a link leads, as the browser would. */
async function follow(link: HTMLElement): Promise<void> {
  window.history.pushState(null, '', link.getAttribute('href') ?? '');
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  await settled();
}

describe('the requests behind a number', () => {
  test('are opened from a figure of the selected step, and the link names them', async () => {
    const fake = client();
    await renderApp(fake, NODE);
    const figures = screen.getByRole('group', { name: 'Figures of the selected step' });
    const failed = within(figures).getByRole('button', { name: 'Failed requests' }).closest('.figure');
    await follow(within(failed as HTMLElement).getByRole('link'));
    expect(within(drawer()).getByRole('heading').textContent).toBe('Requests of nginx that failed');
    expect(asked(fake).at(-1)).toMatchObject({
      selection: {
        place: { kind: 'node', path: [{ name: 'orders' }, { name: 'nginx' }] },
        count: 'failedRequests',
      },
      page: { sort: 'start', descending: false, offset: 0 },
    });
    expect(window.location.hash).toContain('evidence=failedRequests');
  });

  test('are opened from a number of the tree', async () => {
    const fake = client();
    await renderApp(fake, AT);
    const rows = within(screen.getByRole('treegrid')).getAllByRole('row');
    fireEvent.click(within(rows[2]).getAllByTitle('Show these requests')[1]);
    await settled();
    expect(asked(fake).at(-1)).toMatchObject({ selection: { count: 'failedCalls' } });
    expect(window.location.hash).not.toContain('node=');
  });

  test('are told in number, with time, outcome and chain', async () => {
    await renderApp(client(), `${AT}&evidence=calls&evidence=at:orders`);
    expect(within(drawer()).getByRole('status').textContent).toBe('30\u00a0requests');
    const row = within(within(drawer()).getByRole('table')).getAllByRole('row')[1];
    expect(row.textContent).toContain('failed: HTTP 503');
    expect(row.textContent).toContain('shop → orders');
  });

  test.each([
    ['failedRequests', 'at:orders', 'cause:own', 'cause lies in the requests themselves'],
    ['failedRequests', 'at:orders', 'cause:callee,pay,HTTP 503', 'cause lies in pay further down: HTTP 503'],
    ['calls', 'at:orders', 'operation:retried', 'last attempts of operations that were retried'],
    ['calls', 'at:orders', 'agreement:withoutView', 'called without a client span'],
    ['calls', 'at:orders', 'end:any', 'chain ends here'],
    ['hit', 'end:userAction', 'orMissing:yes', 'or whose caller is missing'],
    ['calls', 'end:callerMissing', 'service:web-server:nginx', 'of nginx'],
    ['requests', 'at:orders', 'calling:pay', 'called pay'],
    ['requests', 'at:orders', 'waits:waitedFor', 'waited for: on the critical path'],
    ['requests', 'at:orders', 'seen:pages,https~-//a.example/x,header', 'from page https://a.example/x'],
    ['requests', 'at:orders', 'seen:pages', 'no page is known'],
    ['requests', 'at:orders', 'seen:proxies,one,via header,Via', 'proxy one: via header, Via'],
    ['requests', 'at:orders', 'seen:methods,work,1,Cart.add,', 'spans work, internal, Cart.add'],
    ['requests', 'at:orders', 'seen:stacks,Boom,no,shop,Cart.add ()', 'exception Boom: no at Cart.add ()'],
    ['requests', 'at:orders', 'seen:code,,,', 'the calling span does not say its code'],
    ['requests', 'at:orders', 'seen:headers,recorded', 'request headers were recorded'],
  ])('say in words what narrows them: %s %s %s', async (count, place, condition, words) => {
    const parts = [count, place, condition].map((part) => `&evidence=${encodeURIComponent(part)}`);
    await renderApp(client(), `${AT}${parts.join('')}`);
    const tags = within(drawer()).getAllByRole('listitem');
    expect(tags.map(({ textContent }) => textContent)).toContain(words);
  });

  test('of a table of a sample say of how many they are', async () => {
    const fake = client();
    answerInstead(fake, 'evidence', { sampled: { requests: 200, looked: 50 } });
    await renderApp(fake, `${AT}&evidence=requests&evidence=at:orders&evidence=seen:pages`);
    expect(drawer().textContent).toMatch(/From 50 of 200\srequests that the table is about, evenly spread/);
  });

  test('of side B are asked for under its own timeframe', async () => {
    const fake = client();
    const evidence = '&evidence=calls&evidence=at:orders&evidence=side:b';
    await renderApp(fake, `${AT}&to=2026-01-02T00:00:00Z&with=from:2026-01-02T00:00:00Z${evidence}`);
    const from = 1_767_312_000_000_000_000n;
    expect(asked(fake).at(-1)).toMatchObject({ filter: { timeframe: { from, to: null } } });
    expect(within(drawer()).getByText('side B of the comparison')).toBeTruthy();
  });

  test('on both sides are asked for with the other side beside their own', async () => {
    const fake = client();
    const evidence = '&evidence=calls&evidence=at:orders&evidence=side:both';
    await renderApp(fake, `${AT}&with=from:2026-01-02T00:00:00Z${evidence}`);
    const from = 1_767_312_000_000_000_000n;
    expect(asked(fake).at(-1)).toMatchObject({
      filter: { timeframe: { from: null, to: null } },
      other: { filter: { timeframe: { from, to: null } } },
    });
    expect(within(drawer()).getByText('on both sides of the comparison')).toBeTruthy();
  });

  test('are sorted by the worker, and the link remembers it', async () => {
    const fake = client();
    await renderApp(fake, `${AT}&evidence=calls&evidence=at:orders`);
    fireEvent.click(within(drawer()).getByRole('button', { name: 'Response time' }));
    await settled();
    expect(asked(fake).at(-1)).toMatchObject({ page: { sort: 'duration', descending: true } });
    expect(window.location.hash).toContain('evidenceSort=-duration');
  });

  test('are closed again, and the link forgets them', async () => {
    await renderApp(client(), `${AT}&evidence=calls&evidence=at:orders`);
    fireEvent.click(within(drawer()).getByRole('button', { name: 'Close the list' }));
    await settled();
    expect(window.location.hash).not.toContain('evidence');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('of one reason are opened from the list of reasons', async () => {
    const fake = client();
    await renderApp(fake, AT);
    await follow(screen.getByRole('link', { name: /^30\s+requests$/ }));
    expect(asked(fake).at(-1)).toMatchObject({ selection: { count: 'failedRequests', reason: 'HTTP 503' } });
  });
});

test('the CSV of a list holds exact times and no formula', () => {
  const row = { ...makeEvidenceRow(0, ORDERS), endpoint: '=1+1', instance: 'a,"b"' };
  const [head, line] = evidenceCsv([row]).split('\r\n');
  expect(head).toBe('Start,Response time,Outcome,Endpoint,Service,HTTP status,Instance,Chain,Trace');
  expect(line).toBe(
    `2023-11-14T22:13:20Z,0.5,failed: HTTP 503,'=1+1,orders,503,"a,""b""",shop → orders,${'0'.repeat(32)}`,
  );
});
