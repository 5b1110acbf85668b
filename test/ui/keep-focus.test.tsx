import { createRoot, createSignal } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { keepFocus } from '../../src/ui/keep-focus.ts';

let dispose = () => {};
afterEach(() => dispose());

/** A screen with a button, and whether an answer is awaited. */
function screenWithButton() {
  document.body.innerHTML = '<main tabindex="-1"><button>Filter by this</button></main><input>';
  const main = document.querySelector('main') ?? undefined;
  const button = document.querySelector('button');
  const input = document.querySelector('input');
  const [busy, setBusy] = createSignal(false);
  createRoot((end) => {
    dispose = end;
    keepFocus(busy, () => main);
  });
  return { main, button, input, setBusy };
}

test('when what had the focus is gone with an answer, the screen has it', () => {
  const { main, button, setBusy } = screenWithButton();
  button?.focus();
  setBusy(true);
  button?.remove();
  setBusy(false);
  expect(document.activeElement).toBe(main);
});

test('what is still there keeps the focus, and where nothing had it nothing gets it', () => {
  const { button, input, setBusy } = screenWithButton();
  setBusy(true);
  setBusy(false);
  expect(document.activeElement).toBe(document.body);
  button?.focus();
  setBusy(true);
  button?.remove();
  input?.focus();
  setBusy(false);
  expect(document.activeElement).toBe(input);
});
