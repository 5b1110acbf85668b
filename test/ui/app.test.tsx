import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import { makeDataset, makeFakeClient } from '../support/fake-client.ts';
import { renderApp, settled } from './render-app.tsx';

const SHOP = makeDataset();
const OTHER = makeDataset({ id: 2, name: 'other.json', fingerprint: 'f'.repeat(32) });
const AT_SERVICES = '#/services?data=0123456789ab&file=shop.json';
const hashOf = (link: HTMLElement) => link.getAttribute('href');

/** As a browser hands dropped files over. */
const transferOf = (...files: File[]) => ({
  types: ['Files'],
  files,
  items: files.map((file) => ({ kind: 'file', getAsFile: () => file, webkitGetAsEntry: () => null })),
});

describe('the start page', () => {
  test('offers files, a folder and the demo, and says that nothing leaves the browser', async () => {
    await renderApp(makeFakeClient(), '#/');
    expect(screen.getByLabelText('Open trace files').getAttribute('type')).toBe('file');
    expect(screen.getByLabelText('Choose a folder')).toBeTruthy();
    expect(screen.getByText(/Nothing leaves your browser/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Load the demo' }));
    await settled();
    expect(window.location.hash).toContain('#/services');
  });

  test('lists what is stored; opens it at its services', async () => {
    await renderApp(makeFakeClient({ datasets: [SHOP, OTHER] }), '#/');
    fireEvent.click(screen.getByRole('button', { name: 'shop.json' }));
    await settled();
    expect(window.location.hash).toBe(AT_SERVICES);
  });

  test('renames a dataset', async () => {
    const client = makeFakeClient({ datasets: [SHOP] });
    await renderApp(client, '#/');
    fireEvent.click(screen.getByRole('button', { name: 'Rename shop.json' }));
    fireEvent.input(screen.getByLabelText('New name'), { target: { value: 'Shop, Monday' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await vi.waitFor(() => expect(screen.getByRole('button', { name: 'Shop, Monday' })).toBeTruthy());
  });

  test('deletes a dataset only after asking', async () => {
    const client = makeFakeClient({ datasets: [SHOP] });
    await renderApp(client, '#/');
    fireEvent.click(screen.getByRole('button', { name: 'Delete shop.json' }));
    expect(client.datasets).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Delete it' }));
    await vi.waitFor(() => expect(screen.queryByText('shop.json')).toBeNull());
    expect(client.datasets).toHaveLength(0);
  });

  test('says which dataset will not survive a reload', async () => {
    await renderApp(makeFakeClient({ datasets: [{ ...SHOP, stored: false }] }), '#/');
    expect(screen.getByText(/in memory only/)).toBeTruthy();
  });

  test('adds files to a dataset', async () => {
    const client = makeFakeClient({ datasets: [SHOP] });
    await renderApp(client, '#/');
    const file = new File(['{}'], 'more.json');
    fireEvent.change(screen.getByLabelText('Add files to shop.json'), { target: { files: [file] } });
    expect(client.imported).toEqual([{ files: [file], into: 1 }]);
  });
});

describe('the page', () => {
  test('reads files dropped anywhere', async () => {
    const client = makeFakeClient({ imports: SHOP });
    await renderApp(client, '#/');
    const file = new File(['{}'], 'a.json');
    fireEvent.drop(screen.getByRole('banner'), { dataTransfer: transferOf(file) });
    await vi.waitFor(() => expect(client.imported).toEqual([{ files: [file], into: null }]));
  });

  test('reads pasted text as a file, but not what is pasted into a field', async () => {
    const client = makeFakeClient({ datasets: [SHOP], imports: OTHER });
    await renderApp(client, AT_SERVICES);
    const clipboardData = { files: [], getData: () => '{"resourceSpans":[]}' };
    fireEvent.paste(screen.getByLabelText('Search services'), { clipboardData });
    expect(client.imported).toEqual([]);
    fireEvent.paste(document.body, { clipboardData });
    expect(client.imported.map(({ files }) => files[0].name)).toEqual(['pasted text']);
  });

  test('shows the progress of an import and cancels it', async () => {
    const client = makeFakeClient({ hold: true });
    await renderApp(client, '#/');
    fireEvent.change(screen.getByLabelText('Open trace files'), {
      target: { files: [new File(['{}'], 'a.json')] },
    });
    expect(screen.getByRole('main').getAttribute('aria-busy')).toBe('true');
    client.report({
      phase: 'reading',
      bytesRead: 5_000_000,
      bytesTotal: 10_000_000,
      spans: 1234,
      file: 'a.json',
    });
    const panel = screen.getByLabelText('Import');
    expect(panel.textContent?.replaceAll('\u00a0', ' ')).toContain('5 MB of 10 MB');
    expect(panel.textContent).toContain('1,234');
    fireEvent.click(within(panel).getByRole('button', { name: 'Cancel import' }));
    await settled();
    expect(screen.queryByLabelText('Import')).toBeNull();
    expect(screen.getByRole('log', { name: 'Messages' }).textContent).toContain('Nothing of it was kept');
  });

  test('tells which files a link needs and shows the view when they are there', async () => {
    const client = makeFakeClient({ imports: SHOP });
    await renderApp(client, '#/summary?data=01234567&file=shop.json&more=2');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('This link needs its data');
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'shop.json',
      'and 2\u00a0more files',
    ]);
    fireEvent.change(screen.getByLabelText('Open trace files'), {
      target: { files: [new File(['{}'], 'x')] },
    });
    await settled();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Data summary');
  });

  test('says so when a link was made with other data, and still shows it', async () => {
    await renderApp(
      makeFakeClient({ datasets: [OTHER], imports: SHOP }),
      '#/summary?data=01234567&file=shop.json',
    );
    fireEvent.click(screen.getByRole('button', { name: 'other.json' }));
    await settled();
    expect(screen.getByLabelText('Other data').textContent).toContain('shop.json');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Data summary');
    fireEvent.click(screen.getByRole('button', { name: 'Keep this data' }));
    expect(screen.queryByLabelText('Other data')).toBeNull();
  });

  test('reports what it does not understand of a link', async () => {
    await renderApp(makeFakeClient({ datasets: [SHOP] }), `${AT_SERVICES}&colour=red`);
    expect(screen.getByRole('log', { name: 'Messages' }).textContent).toContain('colour');
  });

  test('follows the chosen theme and remembers it', async () => {
    await renderApp(makeFakeClient(), '#/');
    fireEvent.change(screen.getByLabelText('Theme'), { target: { value: 'dark' } });
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(window.localStorage.getItem('headwater.theme')).toBe('dark');
    fireEvent.change(screen.getByLabelText('Theme'), { target: { value: 'system' } });
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });

  test('links to the other screens and marks the current one', async () => {
    await renderApp(makeFakeClient({ datasets: [SHOP] }), AT_SERVICES);
    const nav = within(screen.getByRole('navigation'));
    expect(nav.getByRole('link', { current: 'page' }).textContent).toBe('Services');
    expect(hashOf(nav.getByRole('link', { name: 'Data summary' }))).toBe(
      '#/summary?data=0123456789ab&file=shop.json',
    );
  });
});
