import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { sortTree } from '../../../src/ui/parts/sort-tree.ts';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import { renderApp } from '../render-app.tsx';

const SERVICES = '#/services?data=0123456789ab&file=shop.json';
const show = () => renderApp(makeFakeClient({ datasets: [makeDataset()] }), SERVICES);
const heading = (name: string) => screen.getByRole('columnheader', { name });
const handle = (name: string) => screen.getByRole('separator', { name: `Width of ${name}` });
const widthOf = (name: string) => handle(name).getAttribute('aria-valuenow');

describe('the width of a column', () => {
  test('is moved with the arrow keys, in steps and big steps, and fitted with Enter', async () => {
    await show();
    Object.defineProperty(heading('Requests'), 'offsetWidth', { value: 100 });
    fireEvent.keyDown(handle('Requests'), { key: 'ArrowRight' });
    expect(widthOf('Requests')).toBe('110');
    fireEvent.keyDown(handle('Requests'), { key: 'ArrowLeft', shiftKey: true });
    expect(widthOf('Requests')).toBe('50');
    expect(handle('Requests').getAttribute('aria-valuetext')).toBe('50 pixels');
    expect(heading('Requests').style.width).toBe('50px');
    fireEvent.keyDown(handle('Requests'), { key: 'Home' });
    expect(widthOf('Requests')).toBe('48');
    fireEvent.keyDown(handle('Requests'), { key: 'Enter' });
    expect(handle('Requests').getAttribute('aria-valuetext')).toBe('as wide as its content');
    expect(heading('Requests').style.width).toBe('');
  });

  test('holds for the cells too, and is kept by this browser, not by the link', async () => {
    await show();
    const link = window.location.hash;
    Object.defineProperty(heading('Requests'), 'offsetWidth', { value: 200 });
    fireEvent.keyDown(handle('Requests'), { key: 'ArrowRight' });
    expect(window.location.hash).toBe(link);
    const kept = window.localStorage.getItem('headwater.columnWidths');
    document.body.replaceChildren();
    expect(kept).toContain('"requests":210');
    await show();
    expect(widthOf('Requests')).toBe('210');
    const cells = within(screen.getAllByRole('row')[1]).getAllByRole('cell');
    expect(cells.filter((cell) => cell.style.maxWidth === '210px')).toHaveLength(1);
  });

  test('Tab reaches one handle, up and down lead to the others', async () => {
    await show();
    const stops = () =>
      screen
        .getAllByRole('separator')
        .filter(({ tabIndex }) => tabIndex === 0)
        .map((each) => each.getAttribute('aria-label'));
    expect(stops()).toEqual(['Width of Service']);
    handle('Service').focus();
    fireEvent.keyDown(handle('Service'), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(handle('Type'));
    expect(stops()).toEqual(['Width of Type']);
    fireEvent.keyDown(handle('Type'), { key: 'ArrowUp' });
    fireEvent.keyDown(handle('Service'), { key: 'ArrowUp' });
    expect(document.activeElement).toBe(handle('Backtrace'));
  });

  test('follows the pointer', async () => {
    await show();
    Object.defineProperty(heading('Requests'), 'offsetWidth', { value: 100 });
    handle('Requests').setPointerCapture = () => {};
    fireEvent.pointerDown(handle('Requests'), { button: 0, clientX: 500, pointerId: 1 });
    fireEvent.pointerMove(handle('Requests'), { clientX: 560, pointerId: 1 });
    fireEvent.pointerUp(handle('Requests'), { clientX: 560, pointerId: 1 });
    fireEvent.pointerMove(handle('Requests'), { clientX: 900, pointerId: 1 });
    expect(widthOf('Requests')).toBe('160');
  });
});

describe('the definition of a figure', () => {
  const button = () => within(heading('Failure rate')).getByRole('button');

  test('is told on focus, and Escape closes it', async () => {
    await show();
    expect(screen.queryByRole('tooltip')).toBeNull();
    button().focus();
    expect(screen.getByRole('tooltip').textContent).toBe('Failed requests divided by requests.');
    fireEvent.keyDown(button(), { key: 'Escape' });
    expect(screen.queryByRole('tooltip')).toBeNull();
  });

  test('describes the heading to screen readers all the time', async () => {
    await show();
    const id = button().getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(id)?.textContent).toBe('Failed requests divided by requests.');
  });

  test('is told where the pointer is, and on a touch screen by a tap', async () => {
    await show();
    fireEvent.pointerEnter(button().parentElement ?? button(), { pointerType: 'touch' });
    expect(screen.queryByRole('tooltip')).toBeNull();
    fireEvent.pointerUp(button(), { pointerType: 'touch' });
    expect(screen.getByRole('tooltip')).toBeTruthy();
    fireEvent.pointerDown(document.body);
    expect(screen.queryByRole('tooltip')).toBeNull();
    fireEvent.pointerEnter(button().parentElement ?? button(), { pointerType: 'mouse' });
    expect(screen.getByRole('tooltip')).toBeTruthy();
  });
});

test('rows of a tree are sorted among their siblings', () => {
  const rows = ['b', ' z', ' a', '  q', 'a', ' m'];
  const depth = (row: string) => row.search(/\S/);
  expect(sortTree(rows, depth, (siblings) => siblings.toSorted())).toEqual([
    'a',
    ' m',
    'b',
    ' a',
    '  q',
    ' z',
  ]);
});
