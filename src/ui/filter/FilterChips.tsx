import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ViewState } from '../../link/view-state.ts';
import type { ChainFilter, ChainPath, ZoneFilter } from '../../model/answers.ts';
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
  const none = () => {
    const { endpoint, instance, chains, zones, rules } = app.view();
    const narrowed = endpoint !== null || instance !== null || chains.length > 0 || zones.length > 0;
    return !narrowed && rules === null;
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
      <For each={app.view().zones}>
        {(zone, index) => (
          <Chip
            text={describeZone(zone)}
            onRemove={(chip) => remove(chip, { zones: app.view().zones.toSpliced(index(), 1) })}
          />
        )}
      </For>
      <For each={app.view().chains}>
        {(chain, index) => (
          <Chip
            text={describeChainFilter(chain)}
            onRemove={(chip) => remove(chip, { chains: app.view().chains.toSpliced(index(), 1) })}
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

function describeChainFilter({ path, exclude }: ChainFilter): string {
  return `${exclude ? 'not' : 'only'} through ${describeChain(path)}`;
}

function describeZone({ key, values }: ZoneFilter): string {
  return `${key} ${values.join(' or ')}`;
}

/** As requests flow: the outermost caller first, the target last. */
export function describeChain(path: ChainPath): string {
  return path
    .toReversed()
    .map((service) => service.name)
    .join(' → ');
}
