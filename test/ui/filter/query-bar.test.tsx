import { fireEvent, screen } from '@testing-library/dom';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppProvider, useApp } from '../../../src/state/app.ts';
import type { App } from '../../../src/state/app.ts';
import { FilterBar } from '../../../src/ui/filter/FilterBar.tsx';
import { ORDERS, makeDataset, makeFakeClient } from '../../support/fake-client.ts';

let dispose = () => {};
let app: App;

async function show(query = ''): Promise<void> {
  window.history.replaceState(null, '', `#/backtrace?data=01234567&service=orders${query}`);
  const Probe = () => {
    app = useApp();
    return <FilterBar target={{ service: ORDERS, endpoint: null, instance: null }} />;
  };
  dispose = render(
    () => (
      <AppProvider client={makeFakeClient({ datasets: [makeDataset()] })}>
        <Probe />
      </AppProvider>
    ),
    document.body,
  );
  await settled();
}

const settled = () => vi.waitFor(() => expect(app.busy()).toBe(false));

beforeEach(() => window.localStorage.clear());
afterEach(() => dispose());

const input = () => screen.getByRole<HTMLInputElement>('combobox', { name: /Filter requests/ });
const press = (key: string) => fireEvent.keyDown(input(), { key });
function type(text: string): void {
  input().focus();
  input().value = text;
  input().setSelectionRange(text.length, text.length);
  fireEvent.input(input());
}
const options = () => screen.queryAllByRole('option').map((option) => option.firstChild?.textContent);
const problem = () =>
  document.querySelector(`#${CSS.escape(input().getAttribute('aria-describedby') ?? 'none')}`);
const chips = () => screen.queryAllByRole('listitem').map((chip) => chip.textContent);

describe('the query', () => {
  test('is applied by Enter and becomes chips, one for each part', async () => {
    await show();
    type('request:failed = true && duration > 200ms');
    press('Enter');
    expect(window.location.hash).toContain('where=');
    expect(chips().map((text) => text?.replace('\u00a0', ' '))).toEqual(['failed', 'duration over 200 ms']);
    fireEvent.click(screen.getByRole('button', { name: /Remove the filter: failed/ }));
    expect(input().value).toBe('{ span:duration > 200ms }');
  });

  test('is one step of the history', async () => {
    await show();
    const before = window.history.length;
    type('.a = 1');
    expect(window.history.length).toBe(before);
    press('Enter');
    expect(window.history.length).toBe(before + 1);
  });

  test('stands in the bar as the link has it', async () => {
    await show('&where=%7B+.a+%3D+1+%7D');
    expect(input().value).toBe('{ .a = 1 }');
  });

  test('that is empty takes the conditions away', async () => {
    await show('&where=%7B+.a+%3D+1+%7D');
    fireEvent.click(screen.getByRole('button', { name: 'Empty the query' }));
    expect(app.view().where).toBeNull();
    expect(input().value).toBe('');
  });

  test('stays as it is typed, applied or not, while other things of the screen change', async () => {
    await show();
    type('.a=1');
    press('Enter');
    expect(input().value).toBe('.a=1');
    type('.a=1 && .b');
    app.navigate({ tab: 'impact' }, 'push');
    app.navigate({ where: null }, 'push');
    expect(input().value).toBe('.a=1 && .b');
  });

  test('that is not applied says so, and does not come along to another screen or service', async () => {
    await show('&where=%7B+.a+%3D+1+%7D');
    expect(screen.queryByText('not applied')).toBeNull();
    type('.a = 1 && .b = 2');
    expect(screen.getByText('not applied')).toBeTruthy();
    app.navigate({ view: 'service' }, 'push');
    expect(input().value).toBe('{ .a = 1 }');
    expect(screen.queryByText('not applied')).toBeNull();
    type('.b = 2');
    app.navigate({ service: 'carts' }, 'push');
    expect(input().value).toBe('');
  });
});

describe('what is wrong', () => {
  test('is told and underlined at its character', async () => {
    await show();
    type('duration > 5 && .b = 1');
    expect(input().getAttribute('aria-invalid')).toBe('true');
    expect(problem()?.textContent).toBe(
      'At character 12: span:duration is compared with a duration such as 200ms.',
    );
    expect(document.querySelector('.query-letters mark')?.textContent).toBe('5');
  });

  test('is not told at the end, where more may come, until Enter is pressed', async () => {
    await show();
    type('duration >=');
    expect(input().getAttribute('aria-invalid')).toBe('false');
    press('Escape');
    press('Enter');
    expect(problem()?.textContent).toBe('At the end: expected a value after >=.');
    expect(app.view().where).toBeNull();
    expect(input().value).toBe('duration >=');
  });
});

describe('completion', () => {
  test('offers fields, comparisons, values and what joins them', async () => {
    await show();
    type('fail');
    expect(options()).toEqual(['request:failed']);
    press('ArrowDown');
    expect(input().getAttribute('aria-activedescendant')).toBe(screen.getByRole('option').id);
    press('Enter');
    expect(input().value).toBe('request:failed ');
    expect(options()).toEqual(['=', '!=']);
    press('ArrowDown');
    press('Enter');
    expect(options()).toEqual(['true', 'false']);
    press('ArrowUp');
    press('Enter');
    expect(input().value).toBe('request:failed = false ');
    expect(options()).toEqual(['&&', '||']);
    press('Escape');
    expect(input().getAttribute('aria-expanded')).toBe('false');
    press('Enter');
    expect(chips()).toEqual(['not failed']);
  });

  test('knows the attributes and their values', async () => {
    await show();
    type('rou');
    await settled();
    expect(options()).toEqual(['span.http.route']);
    fireEvent.click(screen.getByRole('option'));
    type('span.http.route = ');
    await settled();
    expect(options()).toEqual(['"/cart"', '404', 'nil']);
    type('.ro');
    await settled();
    expect(options()).toEqual(['.http.route']);
  });

  test('asks for values that begin as typed', async () => {
    await show();
    type('request:endpoint = "post');
    await settled();
    expect(options()).toEqual(['"POST /orders"']);
    fireEvent.click(screen.getByRole('option'));
    expect(input().value).toBe('request:endpoint = "POST /orders" ');
  });

  test('Escape leaves the text alone', async () => {
    await show();
    type('dur');
    press('Escape');
    press('Escape');
    expect(input().value).toBe('dur');
  });
});

test('an example of the help is put into the bar, to be applied', async () => {
  await show();
  fireEvent.click(screen.getByRole('button', { name: 'Help for the query' }));
  fireEvent.click(screen.getByRole('button', { name: /Slow and failed/ }));
  expect(input().value).toBe('duration > 500ms && request:failed = true');
  expect(document.activeElement).toBe(input());
  expect(app.view().where).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
  expect(app.view().where).not.toBeNull();
});

describe('the chip of a chain', () => {
  const open = () =>
    fireEvent.click(screen.getByRole('button', { name: /through nginx → orders/, expanded: false }));

  test('opens an editor of its steps', async () => {
    await show('&chain=orders,web-server:nginx');
    open();
    await settled();
    const [outcome] = screen.getAllByLabelText<HTMLSelectElement>('Outcome');
    fireEvent.change(outcome, { target: { selectedIndex: 1 } });
    const [, overOrders] = screen.getAllByLabelText('Over, in ms');
    fireEvent.input(overOrders, { target: { value: '250' } });
    fireEvent.click(screen.getByLabelText('Leave these requests out'));
    fireEvent.click(screen.getAllByRole('button', { name: 'Apply' })[0]);
    expect(chips().map((text) => text?.replaceAll('\u00a0', ' '))).toEqual([
      'not through nginx → orders, where nginx failed and orders has duration over 250 ms',
    ]);
    expect(screen.queryByLabelText('Leave these requests out')).toBeNull();
  });

  test('applies nothing while a text is wrong', async () => {
    await show('&chain=orders,web-server:nginx');
    open();
    const more = screen.getByRole<HTMLInputElement>('combobox', { name: /conditions on nginx/ });
    fireEvent.input(more, { target: { value: '.a == 1' } });
    expect(more.getAttribute('aria-invalid')).toBe('true');
    fireEvent.click(screen.getAllByRole('button', { name: 'Apply' })[0]);
    expect(app.view().chains[0].steps).toEqual([]);
  });
});
