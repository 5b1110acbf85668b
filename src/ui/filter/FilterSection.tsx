import { Show, createSignal, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { createNarrow } from '../parts/create-narrow.ts';
import { Icon } from '../parts/Icon.tsx';
import { DurationNote } from './DurationNote.tsx';
import { describeSetFilters } from './describe-set-filters.ts';

export interface FilterSectionProps {
  /** The controls. */
  readonly children: JSX.Element;
  /** Stands before them, and is in sight even where they are closed. */
  readonly lead?: JSX.Element;
  /** Stands beside them, and is in sight even where they are closed. */
  readonly beside?: JSX.Element;
  /** Endpoint, instance and chains of the target are left out. */
  readonly ofAllServices?: boolean;
}

/** What narrows the figures below. On a narrow screen it is closed at first, and says what is set. */
export function FilterSection(props: FilterSectionProps): JSX.Element {
  const app = useApp();
  const narrow = createNarrow();
  const [opened, setOpened] = createSignal(false);
  const id = createUniqueId();
  const words = () => describeSetFilters(app, props.ofAllServices === true);
  return (
    <section class="filter-bar" aria-label="Filter">
      {props.lead}
      <Show when={narrow()}>
        <button
          type="button"
          class="button filters-button"
          aria-expanded={opened()}
          aria-controls={id}
          aria-describedby={`${id}-set`}
          onClick={() => setOpened(!opened())}
        >
          <Icon name="filter" />
          {words().length === 0 ? 'Filters' : `Filters (${words().length})`}
          <Icon name={opened() ? 'up' : 'down'} />
        </button>
      </Show>
      <div class="filter-controls" id={id} hidden={narrow() && !opened()}>
        {props.children}
      </div>
      {props.beside}
      <DurationNote />
      <Show when={narrow()}>
        <p class="filters-set" id={`${id}-set`} hidden={opened() || words().length === 0}>
          {words().length === 0 ? 'None is set.' : words().join(' · ')}
        </p>
      </Show>
    </section>
  );
}
