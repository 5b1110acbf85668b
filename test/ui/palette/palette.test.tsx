import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { MOST_SHOWN, searchCommands } from '../../../src/ui/palette/commands.ts';
import { SCREEN_TABS } from '../../../src/ui/backtrace/screen-tabs.ts';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import { renderApp, settled } from '../render-app.tsx';

const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=orders';
const client = () => makeFakeClient({ datasets: [makeDataset()] });
const openPalette = async () => {
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  await settled();
  return screen.getByRole('dialog', { name: 'Go to' });
};

describe('the command palette', () => {
  test('finds a service by name and goes to its backtrace', async () => {
    await renderApp(client(), AT);
    const palette = await openPalette();
    const input = within(palette).getByRole('combobox');
    fireEvent.input(input, { target: { value: 'ngi' } });
    expect(within(palette).getAllByRole('option')[0].textContent).toBe('nginxbacktrace of a web server');
    fireEvent.keyDown(input, { key: 'Enter' });
    await settled();
    expect(window.location.hash).toMatch(/^#\/backtrace\?.*service=nginx/);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('goes to an endpoint of the chosen service and to a part of the backtrace', async () => {
    await renderApp(client(), AT);
    let palette = await openPalette();
    fireEvent.input(within(palette).getByRole('combobox'), { target: { value: 'post endpoint' } });
    fireEvent.click(within(palette).getByRole('option', { name: /POST \/orders/ }));
    await settled();
    expect(window.location.hash).toContain('endpoint=POST+/orders');
    palette = await openPalette();
    fireEvent.input(within(palette).getByRole('combobox'), { target: { value: 'impact' } });
    fireEvent.keyDown(within(palette).getByRole('combobox'), { key: 'Enter' });
    await settled();
    expect(window.location.hash).toContain('tab=impact');
    expect(window.location.hash).toContain('endpoint=POST+/orders');
  });

  test('names every part of the backtrace and every screen', async () => {
    await renderApp(client(), AT);
    const palette = await openPalette();
    const titles = within(palette)
      .getAllByRole('option')
      .map((option) => option.firstElementChild?.textContent);
    expect(titles).toEqual(expect.arrayContaining(SCREEN_TABS.map(({ title }) => title)));
    expect(titles).toEqual(expect.arrayContaining(['Services', 'Top requests', 'Trace', 'Data summary']));
  });

  test('moves with the arrow keys', async () => {
    await renderApp(client(), AT);
    const palette = await openPalette();
    const input = within(palette).getByRole('combobox');
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    const options = within(palette).getAllByRole('option');
    expect(options.at(-1)?.getAttribute('aria-selected')).toBe('true');
    expect(input.getAttribute('aria-activedescendant')).toBe(options.at(-1)?.id);
  });
});

test('a question mark lists the shortcuts, but not while typing', async () => {
  await renderApp(client(), '#/services?data=0123456789ab&file=shop.json');
  fireEvent.keyDown(screen.getByRole('searchbox'), { key: '?' });
  expect(screen.queryByRole('dialog')).toBeNull();
  fireEvent.keyDown(document.body, { key: '?' });
  expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' }).textContent).toContain('Ctrl K');
});

test('a search wants every word, and puts first what begins with it', () => {
  const command = (title: string, kind = 'screen') => ({ title, kind, patch: {} });
  const found = searchCommands([command('my cart'), command('cart'), command('shop')], 'cart');
  expect(found.map(({ title }) => title)).toEqual(['cart', 'my cart']);
  expect(searchCommands([command('cart', 'a database')], 'data cart')).toHaveLength(1);
  const many = Array.from({ length: 500 }, (_, at) => command(`s${at}`));
  expect(searchCommands(many, '')).toHaveLength(MOST_SHOWN);
});
