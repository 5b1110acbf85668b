import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { otherParams } from '../../link/other-side.ts';
import type { OtherSide } from '../../link/other-side.ts';
import type { Target } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { WHOLE_OTHER, describeSide, offersFor } from './describe-side.ts';
import { OtherTimeframe } from './OtherTimeframe.tsx';

/** Side A is the view as it stands; here side B is chosen. */
export function SideChooser(props: { target: Target }): JSX.Element {
  const app = useApp();
  const range = () => app.dataset()?.range ?? null;
  const other = () => app.view().other;
  const sideA = () => describeSide({ target: props.target, filter: app.filter() }, range());
  const sideB = (side: OtherSide) => describeSide(otherParams(side, props.target, app.filter()), range());
  const all = { endpoint: null, instance: null };
  const service = createAnswer('service', () => ({
    target: { ...props.target, ...all },
    filter: app.filter(),
  }));
  const instances = createAnswer('instances', () => ({
    target: { ...props.target, ...all },
    filter: app.filter(),
    path: [props.target.service],
  }));
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
              {(side) => sideB(side())}
            </Show>
          </dd>
        </div>
      </dl>
      <div class="compare-choices">
        <Show when={range()}>
          {(within) => (
            <For each={offersFor(app.filter(), within())}>
              {(offer) => (
                <button type="button" class="button" onClick={() => app.navigate(offer.patch, 'push')}>
                  {offer.title}
                </button>
              )}
            </For>
          )}
        </Show>
        <OtherChoice
          label="Endpoint of B"
          names={(service.latest()?.endpoints ?? []).map((row) => row.name)}
          chosen={other()?.endpoint ?? null}
          onChoose={(endpoint) => set({ endpoint })}
        />
        <OtherChoice
          label="Instance of B"
          names={(instances.latest()?.node.instances ?? []).map((row) => row.name)}
          chosen={other()?.instance ?? null}
          onChoose={(instance) => set({ instance })}
        />
      </div>
      <Show when={range()}>
        {(within) => (
          <OtherTimeframe range={within()} side={other()} onChange={(from, to) => set({ from, to })} />
        )}
      </Show>
    </section>
  );
}

function OtherChoice(props: {
  label: string;
  names: readonly string[];
  chosen: string | null;
  onChoose: (name: string | null) => void;
}): JSX.Element {
  return (
    <label class="target-control">
      <span>{props.label}</span>
      <select
        onChange={(event) => {
          const { value } = event.currentTarget;
          props.onChoose(value === '' ? null : props.names[Number(value)]);
        }}
      >
        <option value="" selected={props.chosen === null}>
          as in A
        </option>
        <For each={props.names}>
          {(name, at) => (
            <option value={at()} selected={name === props.chosen}>
              {name === '' ? '(no name)' : name}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}
