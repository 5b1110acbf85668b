import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Target } from '../../model/answers.ts';
import { describeCount, nounFor } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { RulesButton } from '../rules/RulesButton.tsx';
import { ExtrapolationSwitch } from './ExtrapolationSwitch.tsx';
import { FilterChips } from './FilterChips.tsx';
import { FilterSection } from './FilterSection.tsx';
import { QueryBar } from './QueryBar.tsx';
import { TimeframeControl } from './TimeframeControl.tsx';
import { ZoneControl } from './ZoneControl.tsx';

export interface FilterBarProps {
  /** Whose requests are filtered; null: not known yet. */
  readonly target: Target | null;
  /** Target requests that match, and all of them; undefined: not known yet, or not to be told here. */
  readonly shown?: number | undefined;
  readonly total?: number | undefined;
  /** Further controls. */
  readonly children?: JSX.Element;
}

/** What narrows the figures below: timeframe, endpoint, instance, chains; and how many requests are left. */
export function FilterBar(props: FilterBarProps): JSX.Element {
  const count = () => (
    <Show when={props.total !== undefined}>
      <p class="filter-count" role="status">
        <strong>
          <Show when={props.target} fallback={describeCount(props.shown ?? 0)}>
            {(target) => (
              <EvidenceLink
                selection={{ place: { kind: 'node', path: [target().service] }, count: 'calls' }}
                count={props.shown ?? 0}
              >
                {describeCount(props.shown ?? 0)}
              </EvidenceLink>
            )}
          </Show>
        </strong>{' '}
        of {describeCount(props.total ?? 0)} {nounFor(props.total ?? 0, 'request')}
      </p>
    </Show>
  );
  return (
    <FilterSection beside={count()}>
      <TimeframeControl />
      <ZoneControl />
      <RulesButton />
      <ExtrapolationSwitch />
      {props.children}
      <QueryBar />
      <FilterChips target={props.target} />
    </FilterSection>
  );
}
