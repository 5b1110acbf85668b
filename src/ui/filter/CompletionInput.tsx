import { For, createSignal, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Suggestion } from './complete.ts';

/** Where something is typed. */
export interface Cursor {
  readonly text: string;
  /** UTF-16 units before it. */
  readonly at: number;
}

export interface CompletionInputProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onEnter: () => void;
  readonly onLeave?: () => void;
  /** Called once. What may be typed at the cursor; null: the list is closed, and nothing need be asked. */
  readonly suggest: (cursor: () => Cursor | null) => () => readonly Suggestion[];
  /** The text with a suggestion in it, after which more may follow; null: nothing follows, the list closes. */
  readonly accept: (suggestion: Suggestion, cursor: Cursor) => Cursor | null;
  /** Id of what says what is wrong; null: nothing is. */
  readonly problem?: string | null;
  readonly placeholder?: string | undefined;
  readonly title?: string;
  readonly onScroll?: (px: number) => void;
  readonly ref?: (input: HTMLInputElement) => void;
}

/** A line of text that is completed: a combobox with its list, to stand in a `.query-input`. */
export function CompletionInput(props: CompletionInputProps): JSX.Element {
  const id = createUniqueId();
  const [cursor, setCursor] = createSignal<Cursor | null>(null);
  const [at, setAt] = createSignal(-1);
  const suggestions = props.suggest(cursor);
  const shown = () => cursor() !== null && suggestions().length > 0;
  let input!: HTMLInputElement;
  let list!: HTMLUListElement;

  const close = () => void setCursor(null);
  const look = () => {
    setAt(-1);
    setCursor({ text: input.value, at: input.selectionStart ?? input.value.length });
  };
  const accept = (suggestion: Suggestion): void => {
    const here = cursor();
    const next = here && props.accept(suggestion, here);
    input.focus();
    if (!next) return close();
    props.onText(next.text);
    input.value = next.text;
    input.setSelectionRange(next.at, next.at);
    look();
  };
  const move = (by: number) => {
    if (!shown()) return look();
    const count = suggestions().length;
    setAt(at() < 0 ? (by > 0 ? 0 : count - 1) : (at() + by + count) % count);
    list.children[at()]?.scrollIntoView({ block: 'nearest' });
  };
  const enter = (): void => {
    const chosen = shown() ? suggestions()[at()] : undefined;
    if (chosen) return accept(chosen);
    close();
    props.onEnter();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape' && shown()) close();
    else if (event.key === 'Enter') enter();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label={props.label}
        aria-autocomplete="list"
        aria-expanded={shown()}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown() && at() >= 0 ? `${id}-${at()}` : undefined}
        aria-invalid={typeof props.problem === 'string'}
        aria-describedby={props.problem ?? undefined}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        placeholder={props.placeholder}
        title={props.title}
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
        onBlur={() => {
          close();
          props.onLeave?.();
        }}
        onScroll={(event) => props.onScroll?.(event.currentTarget.scrollLeft)}
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
    </>
  );
}
