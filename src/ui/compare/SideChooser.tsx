import { For, Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { otherParams } from '../../link/other-side.ts';
import type { OtherSide } from '../../link/other-side.ts';
import { describeData } from '../../link/same-data.ts';
import type { Target } from '../../model/answers.ts';
import type { CompareSide } from '../../model/answers-compare.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { WHOLE_OTHER, describeSide, offersFor } from './describe-side.ts';
import { NameSelect } from '../parts/NameSelect.tsx';
import { OtherDataset } from './OtherDataset.tsx';
import { OtherTimeframe } from './OtherTimeframe.tsx';
import { SideFilters } from './SideFilters.tsx';
import type { OtherData } from './other-data.ts';

export interface SideChooserProps {
  readonly target: Target;
  readonly data: OtherData;
  /** Side b as it was answered last. */
  readonly answered: CompareSide | undefined;
}

/** Side A is the view as it stands; here side B is chosen. */
export function SideChooser(props: SideChooserProps): JSX.Element {
  const app = useApp();
  const range = () => app.dataset()?.range ?? null;
  const second = () => (props.data.kind === 'stored' ? props.data.dataset : null);
  const rangeOfB = () => (props.data.kind === 'open' ? range() : (second()?.range ?? null));
  const other = () => app.view().other;
  const sideA = () =>
    describeSide(
      { target: props.target, filter: app.filter() },
      range(),
      second() && (app.dataset()?.name ?? null),
    );
  const sideB = (side: OtherSide) =>
    describeSide(otherParams(side, props.target, app.filter()), rangeOfB(), second()?.name ?? null);
  const offers = createMemo(() => {
    const within = range();
    return within === null ? [] : offersFor(app.filter(), within);
  });
  const names = createNames(props);
  const none = () => (other()?.filter ? 'any' : 'as in A');
  const set = (change: Partial<OtherSide>) => {
    const { from, to } = app.filter().timeframe;
    app.navigate({ other: { ...(other() ?? { ...WHOLE_OTHER, from, to }), ...change } }, 'push');
  };
  return (
    <section class="panel compare-sides" aria-label="Sides of the comparison">
      <dl class="side-list">
        <div>
          <dt>A, this view</dt>
          <dd>{sideA()}</dd>
        </div>
        <div>
          <dt>B, compared with it</dt>
          <dd>
            <Show when={other()} fallback={<span class="quiet">nothing yet: choose below</span>}>
              {(side) => <>{sideB(side())}</>}
            </Show>
          </dd>
        </div>
      </dl>
      <div class="compare-choices">
        {/* By title, so that the button that was pressed stays, and the focus with it. */}
        <For each={offers().map(({ title }) => title)}>
          {(title) => (
            <button
              type="button"
              class="button"
              onClick={() =>
                app.navigate(offers().find((offer) => offer.title === title)?.patch ?? {}, 'push')
              }
            >
              {title}
            </button>
          )}
        </For>
        <SideFilters target={props.target} onSide={set} data={props.data} />
        <OtherDataset
          data={props.data}
          onChoose={(dataset) =>
            set({ ...WHOLE_OTHER, data: dataset === null ? null : describeData(dataset) })
          }
        />
        <NameSelect
          label="Endpoint of B"
          none={none()}
          names={names().endpoints}
          chosen={other()?.endpoint ?? null}
          onChoose={(endpoint) => set({ endpoint })}
        />
        <NameSelect
          label="Instance of B"
          none={none()}
          names={names().instances}
          chosen={other()?.instance ?? null}
          onChoose={(instance) => set({ instance })}
        />
      </div>
      <Show when={rangeOfB()}>
        {(within) => (
          <OtherTimeframe range={within()} side={other()} onChange={(from, to) => set({ from, to })} />
        )}
      </Show>
    </section>
  );
}

/** Endpoints and instances that side B may be narrowed to: of the open dataset, else of the other as answered. */
function createNames(props: SideChooserProps): () => Pick<CompareSide, 'endpoints' | 'instances'> {
  const app = useApp();
  const anything = () =>
    props.data.kind === 'open'
      ? { target: { ...props.target, endpoint: null, instance: null }, filter: app.filter() }
      : null;
  const service = createAnswer('service', anything);
  const instances = createAnswer('instances', () => {
    const params = anything();
    return params && { ...params, path: [props.target.service] };
  });
  return () =>
    props.data.kind === 'open'
      ? {
          endpoints: (service.latest()?.endpoints ?? []).map((row) => row.name),
          instances: (instances.latest()?.node.instances ?? []).map((row) => row.name),
        }
      : (props.answered ?? { endpoints: [], instances: [] });
}
