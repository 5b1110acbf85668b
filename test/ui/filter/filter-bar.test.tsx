import { fireEvent, screen } from '@testing-library/dom';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { throughChain } from '../../../src/model/answers.ts';
import type { DatasetCounts } from '../../../src/model/dataset.ts';
import { AppProvider, useApp } from '../../../src/state/app.ts';
import type { App } from '../../../src/state/app.ts';
import { FilterBar } from '../../../src/ui/filter/FilterBar.tsx';
import { RANGE, makeDataset, makeFakeClient } from '../../support/fake-client.ts';

let dispose = () => {};
let app: App;

async function show(query: string, odd: Partial<DatasetCounts> = {}): Promise<void> {
  window.history.replaceState(null, '', `#/backtrace?data=01234567${query}`);
  const Probe = () => {
    app = useApp();
    return <FilterBar target={null} shown={1200} total={34567} />;
  };
  const { counts } = makeDataset();
  const client = makeFakeClient({
    datasets: [makeDataset({ counts: { ...counts, ...odd } })],
  });
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

beforeEach(() => window.localStorage.clear());
afterEach(() => dispose());

describe('what 0 ms means where spans bear no duration', () => {
  const note = () => document.querySelector('.duration-note')?.textContent ?? null;

  test('is told of some of them', async () => {
    const { spans } = makeDataset().counts;
    await show('', { spansWithoutDuration: 3 });
    expect(note()).toBe(
      `3 of ${spans.toLocaleString('en-US')}\u00a0spans bear neither an end nor a duration: they count as 0 ms.`,
    );
  });

  test('is told of all of them', async () => {
    await show('', { spansWithoutDuration: makeDataset().counts.spans });
    expect(note()).toContain('response times are 0 ms throughout and tell nothing');
  });

  test('is not told where all say how long they took', async () => {
    await show('', { spansWithoutDuration: 0 });
    expect(note()).toBeNull();
  });
});

test('it tells how many requests are left', async () => {
  await show('');
  expect(screen.getByRole('status').textContent).toBe('1,200 of 34,567 requests');
});

describe('chips', () => {
  test('say chains as requests flow, and are removed one by one', async () => {
    await show(
      '&service=orders&endpoint=GET+/a&chain=orders,web-server:nginx,application:shop&chain=orders,cart',
    );
    expect(screen.getAllByRole('listitem').map((chip) => chip.textContent)).toEqual([
      'endpoint GET /a',
      'only through shop → nginx → orders',
      'only through cart → orders',
    ]);
    fireEvent.click(screen.getByRole('button', { name: /^Remove.*shop → nginx/ }));
    expect(app.view().chains).toEqual([
      throughChain([
        { name: 'orders', type: 'service' },
        { name: 'cart', type: 'service' },
      ]),
    ]);
  });

  test('say zones and excluded chains', async () => {
    await show('&service=orders&chain=~!orders,cart&zone=region:eu&zone=region:us');
    expect(screen.getAllByRole('listitem').map((chip) => chip.textContent)).toEqual([
      'region eu or us',
      'not through cart → orders',
    ]);
    fireEvent.click(screen.getByRole('button', { name: /^Remove.*region/ }));
    expect(app.view().zones).toEqual([]);
  });

  test('hand the focus on when they are removed: to the next chip, at last to the timeframe', async () => {
    await show('&service=orders&endpoint=GET+/a&chain=orders,web-server:nginx&chain=orders,cart');
    const remove = (name: RegExp) => fireEvent.click(screen.getByRole('button', { name }));
    const focused = () =>
      document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
    remove(/^Remove.*only through nginx/);
    expect(focused()).toBe('Remove the filter: only through cart → orders');
    remove(/^Remove.*only through cart/);
    expect(focused()).toBe('Remove the filter: endpoint GET /a');
    remove(/^Remove.*endpoint/);
    expect(focused()).toMatch(/^Timeframe/);
  });
});

describe('the timeframe', () => {
  const button = () => screen.getByRole('button', { name: /^Timeframe/ });

  test('is the whole data at first; a preset narrows it', async () => {
    await show('');
    expect(button().textContent).toContain('Whole data');
    fireEvent.click(button());
    fireEvent.click(screen.getByRole('button', { name: 'Last 15 minutes' }));
    expect(app.filter().timeframe).toEqual({ from: RANGE.to - 900_000_000_000n, to: null });
    expect(window.location.hash).toContain('last=15m');
    expect(button().getAttribute('aria-expanded')).toBe('false');
  });

  test('offers only lengths that the data has', async () => {
    await show('');
    fireEvent.click(button());
    expect(screen.queryByRole('button', { name: 'Last 6 hours' })).toBeNull();
  });

  test('moves by its own length', async () => {
    await show('&last=15m');
    fireEvent.click(screen.getByRole('button', { name: 'Earlier by its own length' }));
    expect(app.filter().timeframe).toEqual({
      from: RANGE.to - 1_800_000_000_000n,
      to: RANGE.to - 900_000_000_000n,
    });
  });

  test('takes exact input; a side that is not touched keeps its nanoseconds', async () => {
    await show('&from=2023-11-14T22:20:00.000000001Z');
    fireEvent.click(button());
    const local = new Date(Date.UTC(2023, 10, 14, 22, 30));
    const text = new Date(local.getTime() - local.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);
    fireEvent.input(screen.getByLabelText('To (not included)'), { target: { value: text } });
    fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(app.filter().timeframe).toEqual({
      from: 1_700_000_400_000_000_001n,
      to: BigInt(local.getTime()) * 1_000_000n,
    });
  });

  test('stays the whole data, with what has no time, when it is applied as it stands', async () => {
    await show('');
    fireEvent.click(button());
    fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(app.filter().timeframe).toEqual({ from: null, to: null });
    expect(button().getAttribute('aria-expanded')).toBe('false');
  });

  test('stays at the end of the data when it is applied as it stands', async () => {
    await show('&last=15m');
    fireEvent.click(button());
    fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(app.view().last).toBe(900_000);
  });

  test('says which requests are in no timeframe', async () => {
    await show('', { spansWithoutTime: 3 });
    fireEvent.click(button());
    expect(document.querySelector('.timeframe .popover')?.textContent).toContain(
      '3\u00a0spans without a time: their requests are in the whole data alone',
    );
  });

  test('that ends before it starts is refused with the reason', async () => {
    await show('');
    fireEvent.click(button());
    fireEvent.input(screen.getByLabelText('To (not included)'), {
      target: { value: '2001-01-01T00:00:00.000' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(screen.getByRole('alert').textContent).toBe('The start must lie before the end.');
    expect(app.filter().timeframe).toEqual({ from: null, to: null });
  });

  test('closes with Escape and gives the focus back', async () => {
    await show('');
    fireEvent.click(button());
    fireEvent.keyDown(screen.getByLabelText('To (not included)'), { key: 'Escape' });
    expect(button().getAttribute('aria-expanded')).toBe('false');
    expect(document.activeElement).toBe(button());
  });
});
