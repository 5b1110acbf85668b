import { For, Index, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { printTraceql } from '../../link/traceql-printer.ts';
import type { ViewState } from '../../link/view-state.ts';
import type { ChainFilter, Target } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeRuleset } from '../rules/describe-rules.ts';
import { createPopover } from '../parts/create-popover.ts';
import { Icon } from '../parts/Icon.tsx';
import { focusFirst } from '../parts/focus.ts';
import { ChainEditor } from './ChainEditor.tsx';
import {
  describeChainFilter,
  describeCondition,
  describeZoneFilter,
  joinParts,
  partsOf,
} from './describe-filter.ts';

export interface FilterChipsProps {
  /** null: not known yet, or the filters of no single service. */
  readonly target: Target | null;
  /** Endpoint, instance and chains of the target are left out. */
  readonly ofAllServices?: boolean;
}

/** The filters in words, each with a button that removes it; those of chains open an editor. */
export function FilterChips(props: FilterChipsProps): JSX.Element {
  const app = useApp();
  let list!: HTMLUListElement;
  /** The focus goes to the chip that takes the place, else to what stands beside the chips. */
  const remove = (chip: HTMLElement, patch: Partial<ViewState>) => {
    const place = [...list.children].indexOf(chip);
    app.navigate(patch, 'push');
    const buttons = list.querySelectorAll('.chip-remove');
    const beside = list.closest('section')?.querySelector('.filter-controls button');
    focusFirst(buttons[place], buttons[buttons.length - 1], beside, list.closest('main'));
  };
  const about = <T,>(value: T): T | null => (props.ofAllServices === true ? null : value);
  const chains = () => about(app.view().chains) ?? [];
  const conditions = () => partsOf(app.view().where);
  const none = () => {
    const { endpoint, instance, zones, rules } = app.view();
    const lists = chains().length + conditions().length + zones.length;
    return lists === 0 && [about(endpoint), about(instance), rules].every((one) => one === null);
  };
  return (
    <ul class="chips" aria-label="Active filters" hidden={none()} ref={list}>
      <Show when={about(app.view().endpoint) !== null}>
        <Chip
          text={`endpoint ${app.view().endpoint ?? ''}`}
          onRemove={(chip) => remove(chip, { endpoint: null })}
        />
      </Show>
      <Show when={about(app.view().instance) !== null}>
        <Chip
          text={`instance ${app.view().instance ?? ''}`}
          onRemove={(chip) => remove(chip, { instance: null })}
        />
      </Show>
      <Show when={app.view().rules}>
        {(rules) => (
          <Chip text={describeRuleset(rules())} onRemove={(chip) => remove(chip, { rules: null })} />
        )}
      </Show>
      <For each={app.view().zones}>
        {(zone, index) => (
          <Chip
            text={describeZoneFilter(zone)}
            title={`${zone.key}: ${zone.values.join(', ')}`}
            onRemove={(chip) => remove(chip, { zones: app.view().zones.toSpliced(index(), 1) })}
          />
        )}
      </For>
      <For each={conditions()}>
        {(part, index) => (
          <Chip
            text={describeCondition(part)}
            title={printTraceql(part)}
            onRemove={(chip) => remove(chip, { where: joinParts(conditions().toSpliced(index(), 1)) })}
          />
        )}
      </For>
      <Index each={chains()}>
        {(chain, index) => (
          <ChainChip
            chain={chain()}
            target={props.target}
            onApply={(edited) => app.navigate({ chains: app.view().chains.with(index, edited) }, 'push')}
            onRemove={(chip) => remove(chip, { chains: app.view().chains.toSpliced(index, 1) })}
          />
        )}
      </Index>
    </ul>
  );
}

interface ChipProps {
  readonly text: string;
  /** Says it exactly; left out: as the text. */
  readonly title?: string;
  readonly onRemove: (chip: HTMLElement) => void;
}

function Chip(props: ChipProps): JSX.Element {
  let chip!: HTMLLIElement;
  return (
    <li class="chip" ref={chip}>
      <span class="chip-words" title={props.title ?? props.text}>
        {props.text}
      </span>
      <RemoveButton text={props.text} onClick={() => props.onRemove(chip)} />
    </li>
  );
}

interface ChainChipProps {
  readonly chain: ChainFilter;
  readonly target: Target | null;
  readonly onApply: (chain: ChainFilter) => void;
  readonly onRemove: (chip: HTMLElement) => void;
}

function ChainChip(props: ChainChipProps): JSX.Element {
  const popover = createPopover();
  let chip!: HTMLLIElement;
  const text = () => describeChainFilter(props.chain);
  const { ref, ...handlers } = popover.root;
  return (
    <li
      class="chip popover-host"
      classList={{ excludes: props.chain.exclude }}
      ref={(element) => {
        chip = element;
        ref(element);
      }}
      {...handlers}
    >
      <button
        type="button"
        class="chip-words chip-text"
        title={`${text()}: edit`}
        aria-expanded={popover.opened()}
        ref={popover.button}
        onClick={popover.toggle}
      >
        {text()}
      </button>
      <RemoveButton text={text()} onClick={() => props.onRemove(chip)} />
      <div
        class="popover chain-popover"
        role="group"
        aria-label="Edit the chain filter"
        hidden={!popover.opened()}
        ref={popover.panel}
      >
        <Show when={popover.opened()}>
          <ChainEditor
            chain={props.chain}
            target={props.target}
            onApply={(edited) => {
              popover.close();
              props.onApply(edited);
            }}
          />
        </Show>
      </div>
    </li>
  );
}

function RemoveButton(props: { text: string; onClick: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button chip-remove"
      aria-label={`Remove the filter: ${props.text}`}
      onClick={() => props.onClick()}
    >
      <Icon name="close" />
    </button>
  );
}
