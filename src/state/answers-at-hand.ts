/** Equal questions about the same data are asked once, and the last answers stay at hand: going back shows them at once. */
import type { Client, Outcome, QuestionName, Questions } from '../../workers/api.ts';
import type { ViewState } from '../link/view-state.ts';

export interface Question<Q extends QuestionName> {
  /** What it is about: the same text, the same data. */
  readonly dataset: string;
  readonly question: Q;
  readonly params: Questions[Q]['params'];
  readonly rules: ViewState['rules'];
}

export interface AnswersAtHand {
  /** As Client.ask. What failed is asked again. */
  ask<Q extends QuestionName>(asked: Question<Q>): Promise<Outcome<Questions[Q]['answer']>>;
}

/** Of the trees and lists of some screens. */
const KEPT = 24;

export function createAnswersAtHand(client: Client): AnswersAtHand {
  /** By question; the one asked last at the end. */
  const kept = new Map<string, Promise<Outcome<unknown>>>();
  return {
    ask<Q extends QuestionName>({ dataset, question, params, rules }: Question<Q>) {
      type Asked = Promise<Outcome<Questions[Q]['answer']>>;
      // What another dataset says may change without this one changing.
      if (isAboutAnother(params)) return client.ask(question, params, rules);
      const key = keyOf({ dataset, question, params, rules });
      const known = kept.get(key) as Asked | undefined;
      const answer = known ?? client.ask(question, params, rules);
      kept.delete(key);
      kept.set(key, answer);
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(oldest);
      }
      void answer.then(({ ok }) => {
        if (!ok && kept.get(key) === answer) kept.delete(key);
      });
      return answer;
    },
  };
}

function isAboutAnother(params: object): boolean {
  const { other } = params as { readonly other?: { readonly dataset?: number | null } };
  return other?.dataset !== undefined && other.dataset !== null;
}

/** Equal values give equal texts. */
export function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
}
