import type { QuestionName, Questions } from './questions.ts';

/** Id of the dataset that a question is about beside the open one; null: it is about that alone. */
export function secondDataset<Q extends QuestionName>(
  question: Q,
  params: Questions[Q]['params'],
): number | null {
  if (question === 'evidence' && 'dataset' in params) return params.dataset ?? null;
  if (question !== 'compare' || !('other' in params) || !params.other) return null;
  return 'dataset' in params.other ? params.other.dataset : null;
}
