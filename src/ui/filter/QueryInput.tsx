import { Show, createMemo, createSignal, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import type { TraceqlProblem } from '../../link/traceql-parser.ts';
import { CompletionInput } from './CompletionInput.tsx';
import type { Cursor } from './CompletionInput.tsx';
import type { Place } from './complete.ts';
import { placeAt, withSuggestion } from './complete.ts';
import { createSuggestions } from './create-suggestions.ts';

export interface QueryInputProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onEnter: () => void;
  /** Underlined at its characters and told; null: none. */
  readonly problem: TraceqlProblem | null;
  readonly placeholder?: string;
  readonly ref?: (input: HTMLInputElement) => void;
}

/** A line of TraceQL: completes keys, comparisons and values from the data. */
export function QueryInput(props: QueryInputProps): JSX.Element {
  const id = createUniqueId();
  const [scroll, setScroll] = createSignal(0);
  return (
    <div class="query-input">
      <Underline text={props.text} problem={props.problem} scroll={scroll()} />
      <CompletionInput
        label={props.label}
        text={props.text}
        onText={(text) => props.onText(text)}
        onEnter={() => props.onEnter()}
        suggest={(cursor) => createSuggestions(() => placeOf(cursor()))}
        accept={(suggestion, cursor) => {
          const place = placeOf(cursor);
          return place && withSuggestion(cursor.text, place, suggestion);
        }}
        problem={props.problem === null ? null : `${id}-problem`}
        placeholder={props.placeholder}
        onScroll={setScroll}
        ref={(input) => props.ref?.(input)}
      />
      <p class="query-problem" id={`${id}-problem`} aria-live="polite">
        <Show when={props.problem}>{(problem) => <ProblemText problem={problem()} text={props.text} />}</Show>
      </p>
    </div>
  );
}

function placeOf(cursor: Cursor | null): Place | null {
  return cursor && placeAt(cursor.text, cursor.at);
}

function ProblemText(props: { problem: TraceqlProblem; text: string }): JSX.Element {
  const place = () =>
    props.problem.at >= props.text.length ? 'At the end' : `At character ${props.problem.at + 1}`;
  return (
    <>
      {place()}: {props.problem.message}.
    </>
  );
}

/** Lies behind the input with the same letters, to underline those that are wrong. */
function Underline(props: { text: string; problem: TraceqlProblem | null; scroll: number }): JSX.Element {
  const parts = createMemo(() => {
    if (props.problem === null) return null;
    const { at, to } = props.problem;
    return { before: props.text.slice(0, at), wrong: props.text.slice(at, to) || '  ' };
  });
  return (
    <div class="query-underline" aria-hidden="true">
      <Show when={parts()}>
        {(shown) => (
          <span class="query-letters" style={{ transform: `translateX(${-props.scroll}px)` }}>
            {shown().before}
            <mark>{shown().wrong}</mark>
          </span>
        )}
      </Show>
    </div>
  );
}
