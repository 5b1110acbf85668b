import { Show, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Answer } from '../../state/answers.ts';
import { Icon } from './Icon.tsx';

export interface AnswerPanelProps<T> {
  readonly title: string;
  readonly answer: Answer<T>;
  /** Shown until the first answer is there. */
  readonly pending: string;
  readonly children: (answer: () => T) => JSX.Element;
}

/** A panel with its own states: pending, trouble, older figures while newer ones are computed. */
export function AnswerPanel<T>(props: AnswerPanelProps<T>): JSX.Element {
  const id = createUniqueId();
  return (
    <section class="panel answer-panel" classList={{ stale: props.answer.loading() }} aria-labelledby={id}>
      <h2 id={id}>{props.title}</h2>
      <Show when={props.answer.error()}>
        {(error) => (
          <p class="note trouble-note" role="alert">
            <Icon name="failure" />
            This could not be computed: {error().message}
          </p>
        )}
      </Show>
      <Show
        when={boxed(props.answer.latest())}
        fallback={
          <Show when={props.answer.error() === null}>
            <p class="quiet panel-pending">{props.pending}</p>
          </Show>
        }
      >
        {(box) => props.children(() => box().answer)}
      </Show>
    </section>
  );
}

/** An answer may be anything, also what is falsy. */
function boxed<T>(answer: T | undefined): { readonly answer: T } | undefined {
  return answer === undefined ? undefined : { answer };
}
