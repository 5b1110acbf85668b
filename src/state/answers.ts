/** Questions to the open dataset as signals. */
import { batch, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { QuestionName, Questions, WireError } from '../../workers/api.ts';
import { useApp } from './app.ts';

export interface Answer<T> {
  /** The newest answer; the previous one stays while a newer one is computed. undefined: none yet. */
  readonly latest: () => T | undefined;
  readonly loading: () => boolean;
  readonly error: () => WireError | null;
}

/**
 * Asks whenever the params or the open dataset change; an overtaken answer is dropped.
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
  let datasetKey = '';

  const forget = () => batch(() => (setLatest(undefined), setError(null), setLoading(false)));

  const ask = async (wanted: Questions[Q]['params']) => {
    const turn = ++asked;
    const end = app.beginWork();
    batch(() => (setLoading(true), endBusy()));
    endBusy = end;
    const outcome = await app.client.ask(question, wanted);
    if (turn !== asked) return;
    batch(() => {
      if (outcome.ok) setLatest({ answer: outcome.value });
      setError(outcome.ok ? null : outcome.error);
      setLoading(false);
      end();
    });
  };

  const key = () => {
    const wanted = params();
    return wanted === null || app.dataset() === null ? null : keyOf(wanted);
  };
  createEffect(
    on([key, () => datasetId(app.dataset())], ([wantedKey, id]) => {
      const wanted = params();
      if (id !== datasetKey || wantedKey === null) {
        asked++;
        batch(() => (forget(), endBusy()));
      }
      datasetKey = id;
      if (wanted !== null && wantedKey !== null) void ask(wanted);
    }),
  );
  onCleanup(() => {
    asked++;
    endBusy();
  });
  return { latest: () => latest()?.answer, loading, error };
}

function datasetId(dataset: { id: number; fingerprint: string } | null): string {
  return dataset === null ? '' : `${dataset.id}/${dataset.fingerprint}`;
}

/** Equal params give equal keys, so that a view change that does not concern a question does not ask it again. */
function keyOf(params: unknown): string {
  return JSON.stringify(params, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}
