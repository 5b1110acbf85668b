import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { otherParams } from '../../link/other-side.ts';
import type { OtherSide, SideFilter } from '../../link/other-side.ts';
import { describeData } from '../../link/same-data.ts';
import type { Filter, Target, ZoneFilter } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { NameSelect } from '../parts/NameSelect.tsx';
import type { OtherData } from './other-data.ts';

export interface SideFiltersProps {
  readonly target: Target;
  readonly data: OtherData;
  readonly onSide: (change: Partial<OtherSide>) => void;
}

const VERSION = 'service.version';

/** Side B by filters of its own: this view kept as B, A and B swapped, or one version beside another. */
export function SideFilters(props: SideFiltersProps): JSX.Element {
  const app = useApp();
  const other = () => app.view().other;
  const ownFilter = () => filterOf(app.filter());
  const keepAsB = () => {
    const { endpoint, instance } = props.target;
    props.onSide({ ...app.filter().timeframe, data: null, endpoint, instance, filter: ownFilter() });
  };
  /** Where side B is of another dataset, that is opened, and side B is of the one that is open now. */
  const swapped = (side: OtherSide) => {
    const { target, filter } = otherParams(side, props.target, app.filter());
    const { endpoint, instance } = props.target;
    const open = app.dataset();
    const data = open && props.data.kind === 'stored' ? describeData(open) : null;
    const patch = {
      endpoint: target.endpoint,
      instance: target.instance,
      ...filter.timeframe,
      last: null,
      ...filterOf(filter),
      other: { ...app.filter().timeframe, data, endpoint, instance, filter: ownFilter() },
    };
    return app.href(patch, data && side.data);
  };
  return (
    <>
      <button type="button" class="button" onClick={keepAsB}>
        Keep this view as B
      </button>
      <Show when={props.data.kind === 'missing' ? null : other()}>
        {(side) => (
          <a class="button" href={swapped(side())}>
            Swap A and B
          </a>
        )}
      </Show>
      <Versions {...props} />
    </>
  );
}

/** Versions of the service, where requests of several are in the data. */
function Versions(props: SideFiltersProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('fieldValues', () => ({
    field: { kind: 'attribute', scope: 'resource', key: VERSION },
    prefix: '',
    target: { ...props.target, endpoint: null, instance: null },
  }));
  const names = () => (answer.latest()?.values ?? []).map(({ value }) => value);
  const filterOfB = () => app.view().other?.filter ?? filterOf(app.filter());
  const chooseA = (version: string | null) =>
    app.navigate({ zones: withVersion(app.view().zones, version) }, 'push');
  const chooseB = (version: string | null) => {
    const filter = filterOfB();
    const own = app.view().other?.filter
      ? {}
      : { endpoint: props.target.endpoint, instance: props.target.instance };
    props.onSide({ ...own, filter: { ...filter, zones: withVersion(filter.zones, version) } });
  };
  return (
    <Show when={props.data.kind === 'open' && names().length > 1}>
      <NameSelect
        label="Version of A"
        none="any"
        names={names()}
        chosen={versionIn(app.view().zones)}
        onChoose={chooseA}
      />
      <NameSelect
        label="Version of B"
        none="any"
        names={names()}
        chosen={versionIn(filterOfB().zones)}
        onChoose={chooseB}
      />
    </Show>
  );
}

function filterOf({ where, zones, chains }: Filter | SideFilter): SideFilter {
  return { where, zones, chains };
}

function withVersion(zones: readonly ZoneFilter[], version: string | null): readonly ZoneFilter[] {
  const others = zones.filter(({ key }) => key !== VERSION);
  return version === null ? others : [...others, { key: VERSION, values: [version] }];
}

function versionIn(zones: readonly ZoneFilter[]): string | null {
  const values = zones.find(({ key }) => key === VERSION)?.values ?? [];
  return values.length === 1 ? values[0] : null;
}
