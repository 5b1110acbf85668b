import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import type { BacktraceAnswer, BacktraceNode } from '../../../src/model/answers.ts';
import type { QuestionName } from '../../../workers/api.ts';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import type { FakeClient } from '../../support/fake-client.ts';
import { renderApp, settled } from '../render-app.tsx';
import { HOSTILE_NAME, sampleAnswer, sampleNode, shopBacktrace } from './sample-backtrace.ts';

const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=db&type=database';

/** The fake client with this backtrace; all other questions are answered as ever. */
function withBacktrace(answer: Partial<BacktraceAnswer> & { root: BacktraceNode }): FakeClient {
  const fake = makeFakeClient({ datasets: [makeDataset()] });
  const ask = fake.ask.bind(fake) as (question: QuestionName, params: unknown) => Promise<unknown>;
  fake.ask = (async (question: QuestionName, params: unknown) => {
    const answered = await ask(question, params);
    return question === 'backtrace'
      ? { ok: true, value: { ...sampleAnswer(answer.root), ...answer } }
      : answered;
  }) as unknown as FakeClient['ask'];
  return fake;
}

const shop = () => withBacktrace({ root: shopBacktrace(), unfiltered: 120 });
const tree = () => screen.getByRole('treegrid');
const rows = () => within(tree()).getAllByRole('row').slice(1);
const names = () => rows().map((row) => within(row).getByRole('rowheader').textContent);
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? tree(), { key });
const focusedName = () => {
  const cell = document.activeElement?.querySelector('[role=rowheader]');
  return cell?.textContent;
};

describe('the tree of callers', () => {
  test('shows the chosen service at the top and its callers below, with their level', async () => {
    await renderApp(shop(), AT);
    expect(names()).toEqual([
      'db (database)',
      'orders (service)',
      'nginx (web server)',
      'shop (application)',
      'shop (application)',
      'cron (service)',
    ]);
    expect(rows().map((row) => row.getAttribute('aria-level'))).toEqual(['1', '2', '3', '4', '3', '2']);
    expect(rows()[1].getAttribute('aria-expanded')).toBe('true');
    expect(rows()[5].hasAttribute('aria-expanded')).toBe(false);
  });

  test('shows calls, failures with their rate, and the ends of chains in words', async () => {
    await renderApp(shop(), AT);
    const cells = within(rows()[1]).getAllByRole('gridcell');
    expect(cells[1].textContent).toBe('80');
    expect(cells[2].textContent).toBe('20 (25\u00a0%)');
    expect(within(rows()[3]).getAllByRole('gridcell')[0].textContent).toBe('user action 50');
    expect(within(rows()[5]).getAllByRole('gridcell')[0].textContent).toBe('entry point 20');
  });

  test('is one stop for Tab and is walked with the arrow keys', async () => {
    await renderApp(shop(), AT);
    expect(rows().filter((row) => row.tabIndex === 0)).toHaveLength(1);
    rows()[0].focus();
    press('ArrowDown');
    expect(focusedName()).toBe('orders (service)');
    press('End');
    expect(focusedName()).toBe('cron (service)');
    press('Home');
    expect(focusedName()).toBe('db (database)');
    expect(rows().filter((row) => row.tabIndex === 0)).toHaveLength(1);
  });

  test('closes and opens with Left and Right, keeps the focus, and the link remembers it', async () => {
    await renderApp(shop(), AT);
    rows()[0].focus();
    press('ArrowDown');
    press('ArrowLeft');
    expect(names()).toEqual(['db (database)', 'orders (service)', 'cron (service)']);
    expect(focusedName()).toBe('orders (service)');
    expect(window.location.hash).toContain('&open=');
    press('ArrowRight');
    expect(names()).toHaveLength(5);
    press('*');
    expect(names()).toHaveLength(6);
    expect(focusedName()).toBe('orders (service)');
  });

  test('selects with Enter: the link names the node and its details are asked for', async () => {
    const client = shop();
    await renderApp(client, AT);
    rows()[0].focus();
    press('ArrowDown');
    press('Enter');
    await settled();
    expect(window.location.hash).toContain('node=database:db,orders');
    expect(rows()[1].getAttribute('aria-selected')).toBe('true');
    const last = client.asked.filter(({ question }) => question === 'node').at(-1);
    expect(last?.params).toMatchObject({
      path: [
        { name: 'db', type: 'database' },
        { name: 'orders', type: 'service' },
      ],
    });
  });

  test('a link to a node opens what hides it', async () => {
    await renderApp(shop(), `${AT}&node=database:db,orders,web-server:nginx,application:shop`);
    expect(rows().find((row) => row.getAttribute('aria-selected') === 'true')?.textContent).toContain('shop');
  });

  test('of thousands of rows only those in sight are in the document', async () => {
    const callers = Array.from({ length: 3000 }, (_, at) => sampleNode(`caller ${at}`, 1));
    await renderApp(withBacktrace({ root: sampleNode('db', 3000, { type: 'database', callers }) }), AT);
    fireEvent.click(screen.getByRole('button', { name: 'Expand all' }));
    expect(tree().getAttribute('aria-rowcount')).toBe('3002');
    expect(rows().length).toBeLessThan(100);
    rows()[0].focus();
    press('End');
    expect(focusedName()).toBe('caller 2999 (service)');
  });
});

describe('the panel of the selected node', () => {
  test('adds its chain as a filter, which is then a chip', async () => {
    const client = shop();
    await renderApp(client, `${AT}&node=database:db,orders`);
    expect(screen.getByText('100', { selector: 'strong > a' }).closest('p')?.textContent).toBe(
      '100 of 120 requests',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Show only requests through this chain' }));
    await settled();
    expect(screen.getByText('only through orders → db')).toBeTruthy();
    expect(client.asked.filter(({ question }) => question === 'backtrace').at(-1)?.params).toMatchObject({
      filter: { chains: [{ path: [{ name: 'db' }, { name: 'orders' }], exclude: false }] },
    });
    expect(screen.queryByRole('button', { name: 'Show only requests through this chain' })).toBeNull();
    // who pressed the button is not thrown back to the top of the page
    expect(document.activeElement?.textContent).toMatch(/^Only requests through this chain are shown/);
  });

  test('says what each figure means', async () => {
    await renderApp(shop(), `${AT}&node=database:db,orders`);
    // In the tree and in the panel.
    const terms = screen.getAllByRole('button', { name: 'Passed on' });
    expect(terms).toHaveLength(2);
    for (const term of terms) {
      const explained = document.getElementById(term.getAttribute('aria-describedby') ?? '');
      expect(explained?.textContent).toContain('those that failed themselves');
    }
  });

  test('tells what was passed on of callers only: at the root it would always be 100 %', async () => {
    await renderApp(shop(), AT);
    const told = [...document.querySelectorAll('.tree-body .column-passedOn')];
    expect(told[0].textContent).toBe('–');
    expect(told[0].getAttribute('title')).toContain('always be 100');
    expect(told.slice(1).some((cell) => cell.textContent?.endsWith('%'))).toBe(true);
  });
});

describe('a link', () => {
  const told = () => screen.getByRole('log', { name: 'Messages' }).textContent;

  test('that names steps which the backtrace does not hold says so', async () => {
    await renderApp(shop(), `${AT}&node=database:db,cart&open=database:db,orders&open=database:db,((`);
    await vi.waitFor(() => expect(told()).toContain('“node=database:db,cart”'));
    expect(told()).toContain('“open=database:db,((”');
    expect(told()).not.toContain('“open=database:db,orders”');
  });

  test('that names steps of the backtrace is shown without a word', async () => {
    await renderApp(shop(), `${AT}&node=database:db,orders&open=database:db,orders`);
    expect(told()).toBe('');
  });

  test('that sorts by a column which no table has says so', async () => {
    await renderApp(shop(), `${AT}&sort=-zzz`);
    await vi.waitFor(() => expect(told()).toContain('“sort=-zzz”'));
  });

  test('that sorts by a column of a table is shown without a word', async () => {
    await renderApp(shop(), `${AT}&sort=-median`);
    expect(told()).toBe('');
  });
});

describe('names from the data', () => {
  test('that look like markup stay text in tree, heading and panel', async () => {
    const hostile = sampleNode(HOSTILE_NAME, 5, { failedCalls: 2 });
    const at = `#/backtrace?data=0123456789ab&file=shop.json&service=${encodeURIComponent(HOSTILE_NAME)}&type=service`;
    await renderApp(
      withBacktrace({ root: hostile, target: { service: hostile.service, endpoint: null, instance: null } }),
      at,
    );
    expect(document.querySelector('img')).toBeNull();
    expect(names()).toEqual([`${HOSTILE_NAME} (service)`]);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain(HOSTILE_NAME);
  });
});

describe('exports', () => {
  test('pictures are offered only while there is a sunburst, and the reason is said', async () => {
    const png = () => screen.getByRole('button', { name: 'Download PNG' });
    await renderApp(shop(), AT);
    expect(png().getAttribute('aria-disabled')).toBe('false');
    fireEvent.click(screen.getByRole('tab', { name: 'Impact' }));
    await settled();
    expect(png().getAttribute('aria-disabled')).toBe('true');
    expect(png().title).toContain('on the tab “Callers”');
  });

  test.each(['Download JSON', 'Download CSV', 'Download PNG', 'Download SVG'])(
    '%s is a button',
    async (name) => {
      await renderApp(shop(), AT);
      expect(screen.getByRole('button', { name })).toBeTruthy();
    },
  );

  test('the JSON is handed out from memory under the name of the service', async () => {
    await renderApp(shop(), AT);
    const saved: { name: string; blob: Blob }[] = [];
    const blobs: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob);
      return 'blob:test';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, blob: blobs[blobs.length - 1] });
    });
    fireEvent.click(screen.getByRole('button', { name: 'Download JSON' }));
    vi.restoreAllMocks();
    expect(saved.map(({ name }) => name)).toEqual(['backtrace-db.json']);
    expect(JSON.parse(await saved[0].blob.text())).toMatchObject({
      service: 'db',
      calls: 100,
      failedCalls: 20,
    });
  });
});

describe('where there is nothing to show', () => {
  test('a service that is not in this data is named', async () => {
    await renderApp(withBacktrace({ root: sampleNode('db', 0), found: false }), AT);
    expect(screen.getByText(/The open data holds no/).textContent).toContain('db');
    expect(screen.queryByRole('button', { name: 'Download JSON' })).toBeNull();
  });

  test('a timeframe without requests says so and offers the whole', async () => {
    await renderApp(withBacktrace({ root: sampleNode('db', 0, { type: 'database' }) }), `${AT}&last=5m`);
    expect(screen.getByText(/No request of db starts in this timeframe/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Show all its requests' }).getAttribute('href')).not.toContain(
      'last=',
    );
  });

  test('a question that fails is told and leaves the page usable', async () => {
    const fake = shop();
    fake.ask = (async () => ({
      ok: false,
      error: { code: 'internal', message: 'It broke.' },
    })) as unknown as FakeClient['ask'];
    await renderApp(fake, AT);
    expect(screen.getByRole('alert').textContent).toContain('It broke.');
  });
});
