import { screen } from '@testing-library/dom';
import { createRoot } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { createNotices } from '../../src/state/notices.ts';
import { makeDataset, makeFakeClient } from '../support/fake-client.ts';
import { renderApp } from './render-app.tsx';

test('an import that went well is told above the page, not in the pile that lies over it', async () => {
  const { counts, files } = makeDataset();
  const imports = makeDataset({
    counts: { ...counts, rejected: 0 },
    files: files.map((file) => ({ ...file, rejected: 0, notes: [] })),
  });
  await renderApp(makeFakeClient({ imports }), '#/demo');
  const done = screen.getByRole('log', { name: 'Done' });
  expect(done.textContent).toContain('1,200');
  expect(done.nextElementSibling).toBe(screen.getByRole('main'));
  expect(screen.getByRole('log', { name: 'Messages' }).textContent).toBe('');
});

afterEach(() => vi.useRealTimers());

test('what went well is told one at a time, and leaves by itself', () => {
  vi.useFakeTimers();
  const notices = createRoot(() => createNotices());
  const texts = () => notices.list().map(({ text }) => text);
  notices.add('problem', 'no picture');
  notices.add('done', 'first');
  notices.add('done', 'second');
  expect(texts()).toEqual(['no picture', 'second']);
  vi.advanceTimersByTime(10_000);
  expect(texts()).toEqual(['no picture']);
});
