import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ViewState } from '../../link/view-state.ts';
import type { ChainPath } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeRuleset } from '../rules/describe-rules.ts';
import { Icon } from '../parts/Icon.tsx';
import { focusFirst } from '../parts/focus.ts';

/** The filters of the target in words, each with a button that removes it. */
export function FilterChips(): JSX.Element {
  const app = useApp();
  let list!: HTMLUListElement;
  /** The focus goes to the chip that takes the place, else to what stands beside the chips. */
  const remove = (chip: HTMLElement, patch: Partial<ViewState>) => {
    const place = [...list.children].indexOf(chip);
    app.navigate(patch, 'push');
    const buttons = list.querySelectorAll('button');
    const beside = list.closest('section')?.querySelector('button');
    focusFirst(buttons[place], buttons[buttons.length - 1], beside, list.closest('main'));
  };
  const without = (index: number) => app.view().chains.filter((_, place) => place !== index);
  const none = () => {
    const { endpoint, instance, chains, rules } = app.view();
    return endpoint === null && instance === null && chains.length === 0 && rules === null;
  };
  return (
    <ul class="chips" aria-label="Active filters" hidden={none()} ref={list}>
      <Show when={app.view().endpoint !== null}>
        <Chip
          text={`endpoint ${app.view().endpoint ?? ''}`}
          onRemove={(chip) => remove(chip, { endpoint: null })}
        />
      </Show>
      <Show when={app.view().instance !== null}>
        <Chip
          text={`instance ${app.view().instance ?? ''}`}
          onRemove={(chip) => remove(chip, { instance: null })}
        />
      </Show>
      <Show when={app.view().rules}>
        {(rules) => (
          <Chip text={describeRuleset(rules())} onRemove={() => app.navigate({ rules: null }, 'push')} />
        )}
      </Show>
      <For each={app.view().chains}>
        {(chain, index) => (
          <Chip
            text={`only through ${describeChain(chain)}`}
            onRemove={(chip) => remove(chip, { chains: without(index()) })}
          />
        )}
      </For>
    </ul>
  );
}

function Chip(props: { text: string; onRemove: (chip: HTMLElement) => void }): JSX.Element {
  let chip!: HTMLLIElement;
  return (
    <li class="chip" ref={chip}>
      <span class="elide" title={props.text}>
        {props.text}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={`Remove the filter: ${props.text}`}
        onClick={() => props.onRemove(chip)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

/** As requests flow: the outermost caller first, the target last. */
export function describeChain(path: ChainPath): string {
  return path
    .toReversed()
    .map((service) => service.name)
    .join(' → ');
}
