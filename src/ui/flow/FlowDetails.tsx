import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { backtraceThrough } from '../backtrace/backtrace-through.ts';
import type { PlaceBelow } from '../backtrace/backtrace-through.ts';
import { ChainText } from '../backtrace/ChainText.tsx';
import { pathOf } from '../backtrace/tree-index.ts';
import { ServiceName } from '../parts/ServiceName.tsx';
import { FigureList } from '../service/FigureList.tsx';
import { evidenceAt, flowFigures } from './flow-figures.ts';
import type { FlowIndex } from './flow-tree.ts';
import type { ChainPath } from '../../model/answers.ts';

export interface FlowDetailsProps {
  readonly index: FlowIndex;
  readonly path: ChainPath;
  /** Row of the selected node. */
  readonly selected: number;
}

/** The selected node of the flow: its figures, and where to go on from it. */
export function FlowDetails(props: FlowDetailsProps): JSX.Element {
  const entry = () => props.index.entries[props.selected];
  const place = (): PlaceBelow => ({ path: props.path, down: pathOf(props.index, props.selected) });
  const above = () => (entry().parent < 0 ? null : props.index.entries[entry().parent].node);
  return (
    <section class="panel flow-details" aria-labelledby="flow-details-title">
      <h2 id="flow-details-title">
        <ServiceName service={entry().node.service} others={entry().node.others} />
      </h2>
      <Show when={above() !== null} fallback={<p class="quiet">where the flow begins</p>}>
        <ChainText path={place().down.toReversed()} />
        <Onward place={place()} />
      </Show>
      <FigureList
        label="Figures of the selected call"
        figures={flowFigures(entry().node, above(), place())}
      />
    </section>
  );
}

function Onward(props: { place: PlaceBelow }): JSX.Element {
  const app = useApp();
  const service = () => props.place.down[props.place.down.length - 1].name;
  return (
    <>
      <div class="actions">
        <a class="button primary" href={app.href(backtraceThrough(app.view(), props.place))}>
          Backtrace of {service()} through this chain
        </a>
        <a class="button" href={app.href({ evidence: evidenceAt(props.place, { count: 'requests' }) })}>
          List the calls
        </a>
      </div>
      <p class="quiet">{whatIsKept(props.place)}</p>
    </>
  );
}

/** What is about the requests themselves is then about those of another service. */
function whatIsKept({ path, down }: PlaceBelow): string {
  const [first, last] = [down[0].name, down[down.length - 1].name];
  const kept = `There, timeframe and zones are those of the requests of ${last}.`;
  if (path.length === 1) return kept;
  return `${kept} Called by any request of ${first}, not only by those that led to ${path[0].name}.`;
}
