import { fireEvent, screen } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import { renderApp } from '../render-app.tsx';

const two = () =>
  makeFakeClient({
    datasets: [makeDataset(), makeDataset({ id: 2, name: 'cart.json', fingerprint: 'f'.repeat(32) })],
  });
const focused = () =>
  document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
const button = (name: string) => screen.getByRole('button', { name });

async function ask(action: 'Rename' | 'Delete'): Promise<void> {
  await renderApp(two(), '#/');
  button(`${action} shop.json`).focus();
  fireEvent.click(button(`${action} shop.json`));
}

test('a rename gives the focus back, saved or not', async () => {
  await ask('Rename');
  const input = screen.getByLabelText<HTMLInputElement>('New name');
  await vi.waitFor(() => expect(document.activeElement).toBe(input));
  fireEvent.keyDown(input, { key: 'Escape' });
  expect(focused()).toBe('Rename shop.json');
  fireEvent.click(button('Rename shop.json'));
  fireEvent.input(screen.getByLabelText('New name'), { target: { value: 'monday' } });
  fireEvent.submit(screen.getByLabelText('New name'));
  await vi.waitFor(() => expect(screen.getByRole('button', { name: 'monday' })).toBeTruthy());
  expect(focused()).toBe('Rename monday');
});

test('the question before a delete starts on the harmless answer, which gives the focus back', async () => {
  await ask('Delete');
  await vi.waitFor(() => expect(focused()).toBe('Keep it'));
  fireEvent.click(button('Keep it'));
  expect(focused()).toBe('Delete shop.json');
});

test('Escape leaves the question before a delete', async () => {
  await ask('Delete');
  await vi.waitFor(() => expect(focused()).toBe('Keep it'));
  fireEvent.keyDown(button('Keep it'), { key: 'Escape' });
  expect(screen.queryByRole('button', { name: 'Delete it' })).toBeNull();
  expect(focused()).toBe('Delete shop.json');
});

test('after a delete the focus is on the neighbour, after the last one on the page', async () => {
  await ask('Delete');
  fireEvent.click(button('Delete it'));
  await vi.waitFor(() => expect(screen.queryByText('shop.json')).toBeNull());
  await vi.waitFor(() => expect(focused()).toBe('cart.json'));
  fireEvent.click(button('Delete cart.json'));
  fireEvent.click(button('Delete it'));
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('main')));
});
