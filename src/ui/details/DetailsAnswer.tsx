import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Answer } from '../../state/answers.ts';
import { AnswerTrouble } from '../service/AnswerStates.tsx';
import './details.css';

export interface DetailsAnswerProps<T extends object> {
  readonly answer: Answer<T>;
  /** Shown until the first answer is there. */
  readonly pending: string;
  readonly children: (answer: () => T) => JSX.Element;
}

/** A tab about the selected step with its states: pending, trouble, an older answer while a newer one is computed. */
export function DetailsAnswer<T extends object>(props: DetailsAnswerProps<T>): JSX.Element {
  return (
    <div class="details-tab" classList={{ stale: props.answer.loading() }}>
      <AnswerTrouble error={props.answer.error()} />
      <Show
        when={props.answer.latest()}
        fallback={
          <Show when={props.answer.error() === null}>
            <p class="quiet panel-pending">{props.pending}</p>
          </Show>
        }
      >
        {(latest) => props.children(latest)}
      </Show>
    </div>
  );
}
