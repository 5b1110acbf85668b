import { For, Show, createMemo, createSignal, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ZoneFilter } from '../../model/answers.ts';
import { isUsualZone } from '../../model/zone-keys.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';
import { createPopover } from '../parts/create-popover.ts';
import { Icon } from '../parts/Icon.tsx';
import { describeKey, describeZoneFilter } from './describe-filter.ts';
import { searchZones, withChosen, withToggled } from './zones.ts';
import type { OfferedZone } from './zones.ts';

/** Narrows everything to environments, clusters, regions or whatever else resources bear. */
export function ZoneControl(): JSX.Element {
  const app = useApp();
  const popover = createPopover();
  const id = createUniqueId();
  const used = createMemo((before: boolean) => before || popover.opened(), false);
  const zones = () => app.view().zones;
  const title = () => {
    if (zones().length === 0) return 'All zones';
    return zones().length === 1 ? describeZoneFilter(zones()[0]) : describeCountOf(zones().length, 'zone');
  };
  return (
    <Show when={app.dataset()}>
      <div class="popover-host zone-control" {...popover.root}>
        <button
          type="button"
          class="button timeframe-button"
          aria-expanded={popover.opened()}
          aria-controls={id}
          ref={popover.button}
          onClick={popover.toggle}
        >
          <Icon name="zone" />
          <span class="visually-hidden">Zones: </span>
          <span class="elide">{title()}</span>
          <Icon name="down" />
        </button>
        <div class="popover" id={id} hidden={!popover.opened()} ref={popover.panel}>
          <Show when={used()}>
            <ZoneChoice />
          </Show>
        </div>
      </div>
    </Show>
  );
}

function ZoneChoice(): JSX.Element {
  const app = useApp();
  const answer = createAnswer('zones', () => ({}));
  const [search, setSearch] = createSignal('');
  const zones = () => app.view().zones;
  const rows = createMemo(() => withChosen(answer.latest()?.zones ?? [], zones()));
  const found = createMemo(() => searchZones(rows(), search()));
  const usual = createMemo(() => found().filter(({ key }) => isUsualZone(key)));
  const others = createMemo(() => found().filter(({ key }) => !isUsualZone(key)));
  const choose = (next: readonly ZoneFilter[]) => app.navigate({ zones: next, evidence: null }, 'push');
  const group = (zone: OfferedZone) => (
    <ZoneGroup
      zone={zone}
      chosen={zones().find(({ key }) => key === zone.key)?.values ?? []}
      onToggle={(value) => choose(withToggled(zones(), zone.key, value))}
    />
  );
  return (
    <>
      <div class="zone-tools">
        <label class="search">
          <Icon name="search" />
          <span class="visually-hidden">Search zones</span>
          <input
            type="search"
            placeholder="Search keys and values"
            value={search()}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </label>
        {/* Not disabled: that would take the focus away from the button that was just pressed. */}
        <button
          type="button"
          class="button small"
          aria-disabled={zones().length === 0}
          onClick={() => zones().length > 0 && choose([])}
        >
          All zones
        </button>
      </div>
      <Show when={answer.error()}>{(error) => <p class="form-problem">{error().message}</p>}</Show>
      <Show when={answer.latest() ?? answer.error()} fallback={<p class="quiet">Reading the resources …</p>}>
        <div class="zone-list" role="group" aria-label="Zones" tabindex="0">
          <Show when={found().length === 0}>
            <p class="quiet">
              {rows().length === 0
                ? 'The resources of this data bear nothing that tells environments, clusters or regions apart.'
                : 'No key or value of that name.'}
            </p>
          </Show>
          <For each={usual()}>{group}</For>
          <Show when={others().length > 0}>
            <h2 class="zone-heading">Other attributes of the resources</h2>
          </Show>
          <For each={others()}>{group}</For>
        </div>
      </Show>
    </>
  );
}

interface ZoneGroupProps {
  readonly zone: OfferedZone;
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}

function ZoneGroup(props: ZoneGroupProps): JSX.Element {
  return (
    <fieldset class="zone-group">
      <legend title={props.zone.key}>
        {describeKey(props.zone.key)}{' '}
        <Show when={describeKey(props.zone.key) !== props.zone.key}>
          <span class="quiet">{props.zone.key}</span>
        </Show>
      </legend>
      <For each={props.zone.values}>
        {({ value, requests }) => (
          <label class="zone-value">
            <input
              type="checkbox"
              checked={props.chosen.includes(value)}
              onChange={() => props.onToggle(value)}
            />
            <span class="elide" title={value}>
              {value === '' ? '(empty)' : value}
            </span>
            <span class="quiet">{requests === null ? '' : describeCountOf(requests, 'request')}</span>
          </label>
        )}
      </For>
      <Show when={props.zone.total > props.zone.values.length}>
        <p class="quiet">
          {describeCount(props.zone.total - props.zone.values.length)} more with fewer requests: name them in
          the query, as resource.{props.zone.key}.
        </p>
      </Show>
    </fieldset>
  );
}
