import { For, Show, createMemo, createSignal, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import type { TraceqlProblem } from '../../link/traceql-parser.ts';
import type { Place, Suggestion } from './complete.ts';
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

/** A line of TraceQL: a combobox that completes keys, comparisons and values from the data. */
export function QueryInput(props: QueryInputProps): JSX.Element {
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  const [at, setAt] = createSignal(-1);
  const [place, setPlace] = createSignal<Place | null>(null);
  const [scroll, setScroll] = createSignal(0);
  const suggestions = createSuggestions(() => (open() ? place() : null));
  const shown = () => open() && suggestions().length > 0;
  let input!: HTMLInputElement;
  let list!: HTMLUListElement;

  const look = () => {
    setAt(-1);
    setPlace(placeAt(input.value, input.selectionStart ?? input.value.length));
    setOpen(true);
  };
  const accept = (suggestion: Suggestion) => {
    const where = place();
    if (where === null) return;
    const next = withSuggestion(input.value, where, suggestion);
    props.onText(next.text);
    input.value = next.text;
    input.setSelectionRange(next.cursor, next.cursor);
    input.focus();
    look();
  };
  const move = (by: number) => {
    if (!shown()) return look();
    const count = suggestions().length;
    setAt(at() < 0 ? (by > 0 ? 0 : count - 1) : (at() + by + count) % count);
    list.children[at()]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape' && shown()) setOpen(false);
    else if (event.key === 'Enter') enter();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const enter = () => {
    const chosen = shown() ? suggestions()[at()] : undefined;
    if (chosen) return accept(chosen);
    setOpen(false);
    props.onEnter();
  };
  return (
    <div class="query-input">
      <Underline text={props.text} problem={props.problem} scroll={scroll()} />
      <input
        type="text"
        role="combobox"
        aria-label={props.label}
        aria-autocomplete="list"
        aria-expanded={shown()}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown() && at() >= 0 ? `${id}-${at()}` : undefined}
        aria-invalid={props.problem !== null}
        aria-describedby={props.problem === null ? undefined : `${id}-problem`}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        placeholder={props.placeholder}
        value={props.text}
        ref={(element) => {
          input = element;
          props.ref?.(element);
        }}
        onInput={(event) => {
          props.onText(event.currentTarget.value);
          look();
        }}
        onClick={look}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
        onScroll={(event) => setScroll(event.currentTarget.scrollLeft)}
      />
      <ul
        class="query-list"
        role="listbox"
        id={`${id}-list`}
        aria-label="Completions"
        hidden={!shown()}
        ref={list}
        // so that the input keeps the focus
        onPointerDown={(event) => event.preventDefault()}
      >
        <For each={shown() ? suggestions() : []}>
          {(suggestion, row) => (
            <li
              role="option"
              id={`${id}-${row()}`}
              aria-selected={row() === at()}
              onClick={() => accept(suggestion)}
            >
              <span class="elide">{suggestion.text}</span>
              <span class="query-detail">{suggestion.detail}</span>
            </li>
          )}
        </For>
      </ul>
      <p class="query-problem" id={`${id}-problem`} aria-live="polite">
        <Show when={props.problem}>{(problem) => <ProblemText problem={problem()} text={props.text} />}</Show>
      </p>
    </div>
  );
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
