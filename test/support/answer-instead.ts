import type { Outcome } from '../../workers/api.ts';
import type { FakeClient } from './fake-client.ts';

/** The usual answer, with other figures in it. */
export function answerInstead(fake: FakeClient, question: string, figures: object): void {
  const { ask } = fake;
  fake.ask = (async (asked: Parameters<typeof ask>[0], ...rest: unknown[]) => {
    const outcome = await (ask as (...all: unknown[]) => Promise<Outcome<object>>)(asked, ...rest);
    return asked === question && outcome.ok ? { ok: true, value: { ...outcome.value, ...figures } } : outcome;
  }) as unknown as FakeClient['ask'];
}
