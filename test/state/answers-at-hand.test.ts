import { expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import { createAnswersAtHand } from '../../src/state/answers-at-hand.ts';
import type { Client, Outcome } from '../../workers/api.ts';

function clientOf(outcomes: Partial<Record<number, Outcome<unknown>>> = {}) {
  const asked: unknown[] = [];
  const ask = (_question: string, params: unknown) => {
    asked.push(params);
    return Promise.resolve(outcomes[asked.length] ?? { ok: true, value: asked.length });
  };
  return { asked, answers: createAnswersAtHand({ ask } as unknown as Client) };
}

const about = (name: string) => ({
  dataset: '1/ab',
  question: 'backtrace' as const,
  params: {
    target: { service: { name, type: 'service' as const }, endpoint: null, instance: null },
    filter: EVERYTHING,
  },
  rules: null,
});

test('an equal question is asked once, whether it is still being answered or not', async () => {
  const { asked, answers } = clientOf();
  const [first, second] = await Promise.all([answers.ask(about('cart')), answers.ask(about('cart'))]);
  expect([first, second]).toEqual([
    { ok: true, value: 1 },
    { ok: true, value: 1 },
  ]);
  expect(await answers.ask(about('cart'))).toEqual(first);
  expect(asked).toHaveLength(1);
});

test('another service, dataset, timeframe or other rules are another question', async () => {
  const { asked, answers } = clientOf();
  const cart = about('cart');
  const timeframe = { from: 1n, to: null };
  await answers.ask(cart);
  await answers.ask(about('pay'));
  await answers.ask({ ...cart, dataset: '1/cd' });
  await answers.ask({ ...cart, params: { ...cart.params, filter: { ...EVERYTHING, timeframe } } });
  await answers.ask({ ...cart, rules: { preset: 'http' } as never });
  expect(asked).toHaveLength(5);
});

test('what failed is asked again', async () => {
  const failure = { ok: false, error: { code: 'internal', message: 'gone' } } as const;
  const { asked, answers } = clientOf({ 1: failure });
  expect(await answers.ask(about('cart'))).toEqual(failure);
  expect(await answers.ask(about('cart'))).toEqual({ ok: true, value: 2 });
  expect(asked).toHaveLength(2);
});

test('the answers of long ago are given up', async () => {
  const { asked, answers } = clientOf();
  for (let i = 0; i < 30; i++) await answers.ask(about(`service ${i}`));
  await answers.ask(about('service 29'));
  expect(asked).toHaveLength(30);
  await answers.ask(about('service 0'));
  expect(asked).toHaveLength(31);
});

test('a comparison with another dataset is made anew each time', async () => {
  const { asked, answers } = clientOf();
  const { target, filter } = about('cart').params;
  const compare = (dataset: number | null) => ({
    ...about('cart'),
    question: 'compare' as const,
    params: { target, filter, other: { target, filter, dataset } },
  });
  await answers.ask(compare(2));
  await answers.ask(compare(2));
  await answers.ask(compare(null));
  await answers.ask(compare(null));
  expect(asked).toHaveLength(3);
});
