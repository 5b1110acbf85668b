/** Questions to the open dataset as signals. */
import { batch, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { QuestionName, Questions, WireError } from '../../workers/api.ts';
import { keyOf } from './answers-at-hand.ts';
import { useApp } from './app.ts';

export interface Answer<T> {
  /** The newest answer; the previous one stays while a newer one is computed. undefined: none yet. */
  readonly latest: () => T | undefined;
  readonly loading: () => boolean;
  readonly error: () => WireError | null;
}

/**
 * Asks whenever the params, the failure rules of the view or the open dataset change; an overtaken answer is dropped.
 * null as params: nothing to ask now; the last answer is forgotten. So it is when another dataset opens.
 */
export function createAnswer<Q extends QuestionName>(
  question: Q,
  params: () => Questions[Q]['params'] | null,
): Answer<Questions[Q]['answer']> {
  const app = useApp();
  const [latest, setLatest] = createSignal<{ answer: Questions[Q]['answer'] }>();
  const [loading, setLoading] = createSignal(false);
  const [error, setError] = createSignal<WireError | null>(null);
  let asked = 0;
  let endBusy = () => {};

  const forget = () => batch(() => (setLatest(undefined), setError(null), setLoading(false)));

  const ask = async (wanted: Questions[Q]['params']) => {
    const turn = ++asked;
    const end = app.beginWork();
    batch(() => (setLoading(true), endBusy()));
    endBusy = end;
    const dataset = datasetKey(app.dataset());
    const outcome = await app.answers.ask({ dataset, question, params: wanted, rules: app.view().rules });
    if (turn !== asked) return;
    batch(() => {
      if (outcome.ok) setLatest({ answer: outcome.value });
      setError(outcome.ok ? null : outcome.error);
      setLoading(false);
      end();
    });
  };

  const wanted = createMemo(
    () => {
      const now = app.dataset() === null ? null : params();
      // A view change that does not concern a question does not ask it again.
      const key = now === null ? null : keyOf({ now, rules: app.view().rules });
      return { dataset: datasetKey(app.dataset()), params: now, key };
    },
    undefined,
    { equals: (a, b) => a.key === b.key && a.dataset === b.dataset },
  );
  createEffect(
    on(wanted, (now, before) => {
      if (now.params === null || now.dataset !== before?.dataset) {
        asked++;
        batch(() => (forget(), endBusy()));
      }
      if (now.params !== null) void ask(now.params);
    }),
  );
  onCleanup(() => {
    asked++;
    endBusy();
  });
  return { latest: () => latest()?.answer, loading, error };
}

function datasetKey(dataset: { id: number; fingerprint: string } | null): string {
  return dataset === null ? '' : `${dataset.id}/${dataset.fingerprint}`;
}
