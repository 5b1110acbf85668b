import { For, Show, createEffect, createSignal, on } from 'solid-js';
import type { JSX } from 'solid-js';
import { readSplit, writeSplit } from '../../link/split-text.ts';
import { SPLIT_FACTS } from '../../model/answers-top.ts';
import type { Split } from '../../model/answers-top.ts';
import { CompletionInput } from '../filter/CompletionInput.tsx';
import { createKeySuggestions } from '../filter/create-suggestions.ts';
import { FACT_TITLES } from './split-words.ts';

export interface SplitChoiceProps {
  readonly label: string;
  /** null: by nothing. */
  readonly split: Split | null;
  /** It may be by nothing. */
  readonly optional: boolean;
  readonly onChoose: (split: Split | null) => void;
}

const NOTHING = '';
const ATTRIBUTE = '.';

/** A fact from a list, or the key of an attribute. */
export function SplitChoice(props: SplitChoiceProps): JSX.Element {
  const [typing, setTyping] = createSignal(false);
  createEffect(
    on(
      () => props.split,
      () => setTyping(false),
      { defer: true },
    ),
  );
  const isAttribute = () => typing() || props.split?.kind === 'attribute';
  const chosen = () => (isAttribute() ? ATTRIBUTE : props.split ? writeSplit(props.split) : NOTHING);
  const choose = (value: string) => {
    setTyping(value === ATTRIBUTE);
    if (value !== ATTRIBUTE) props.onChoose(readSplit(value));
  };
  return (
    <>
      <label class="target-control">
        <span>{props.label}</span>
        <select onChange={(event) => choose(event.currentTarget.value)}>
          <Show when={props.optional}>
            <option value={NOTHING} selected={chosen() === NOTHING}>
              nothing
            </option>
          </Show>
          <For each={SPLIT_FACTS}>
            {(name) => (
              <option value={name} selected={chosen() === name}>
                {FACT_TITLES[name]}
              </option>
            )}
          </For>
          <option value={ATTRIBUTE} selected={chosen() === ATTRIBUTE}>
            an attribute …
          </option>
        </select>
      </label>
      <Show when={isAttribute()}>
        <KeyInput
          label={`${props.label}: key of the attribute`}
          split={props.split}
          onChoose={props.onChoose}
        />
      </Show>
    </>
  );
}

/** Enter, a completion, or leaving the field takes the key. */
function KeyInput(props: {
  label: string;
  split: Split | null;
  onChoose: (split: Split) => void;
}): JSX.Element {
  const written = () => (props.split?.kind === 'attribute' ? shown(props.split) : '');
  const [text, setText] = createSignal('');
  createEffect(on(written, setText));
  const take = (typed: string) => {
    const split = typedSplit(typed.trim());
    if (split && typed.trim() !== written()) props.onChoose(split);
  };
  return (
    <div class="query-input split-key">
      <CompletionInput
        label={props.label}
        title="As in http.route; span.… and resource.… look in one of the two"
        placeholder="http.route"
        text={text()}
        onText={setText}
        onEnter={() => take(text())}
        onLeave={() => take(text())}
        suggest={(cursor) => createKeySuggestions(() => cursor()?.text.trim() ?? null)}
        accept={(suggestion) => {
          setText(suggestion.text);
          take(suggestion.text);
          return null;
        }}
      />
    </div>
  );
}

function shown(split: Extract<Split, { kind: 'attribute' }>): string {
  return split.scope === 'any' ? split.key : writeSplit(split);
}

/** A plain key means the span's attribute, else the resource's. null: nothing was typed. */
export function typedSplit(text: string): Split | null {
  if (text === '') return null;
  const read = readSplit(text);
  return read?.kind === 'attribute' ? read : { kind: 'attribute', scope: 'any', key: text };
}
