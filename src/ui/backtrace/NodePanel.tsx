import { Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BacktraceAnswer, ChainPath, NodeAnswer } from '../../model/answers.ts';
import { FailureRateChart } from '../../charts/FailureRateChart.tsx';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';
import { ServiceName } from '../parts/ServiceName.tsx';
import { AnswerTrouble } from '../service/AnswerStates.tsx';
import { FigureList } from '../service/FigureList.tsx';
import { ReasonList } from '../service/ReasonList.tsx';
import { ChainText } from './ChainText.tsx';
import { nodeFigures } from './node-figures.ts';
import { NodeEndpointTable } from './NodeEndpointTable.tsx';
import { sameService } from './tree-index.ts';

export interface NodePanelProps {
  readonly backtrace: BacktraceAnswer;
  readonly path: ChainPath;
}

/** Details of the selected node of the tree. */
export function NodePanel(props: NodePanelProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('node', () => ({
    target: props.backtrace.target,
    filter: app.filter(),
    path: props.path,
  }));
  const isRoot = () => props.path.length === 1;
  const service = () => props.path[props.path.length - 1];
  return (
    <section class="panel node-panel" classList={{ stale: answer.loading() }} aria-labelledby="node-title">
      <header class="node-head">
        <h2 id="node-title">
          <ServiceName service={service()} />
        </h2>
        <Show when={!isRoot()} fallback={<p class="quiet">the chosen service</p>}>
          <ChainText path={props.path} />
        </Show>
        <Show when={!isRoot()}>
          <ChainFilter path={props.path} backtrace={props.backtrace} />
        </Show>
      </header>
      <AnswerTrouble error={answer.error()} />
      <Show when={answer.latest()} fallback={<p class="quiet panel-pending">Counting …</p>}>
        {(latest) => (
          <Show when={latest().found} fallback={<p class="quiet">This step is not part of the backtrace.</p>}>
            <NodeDetails answer={latest()} isRoot={isRoot()} target={props.backtrace.target.service.name} />
          </Show>
        )}
      </Show>
    </section>
  );
}

function NodeDetails(props: { answer: NodeAnswer; isRoot: boolean; target: string }): JSX.Element {
  const title = () => (props.answer.userActions ? 'User actions' : 'Endpoints');
  return (
    <>
      <FigureList
        label="Figures of the selected step"
        figures={nodeFigures(props.answer.figures, props.target, props.isRoot)}
      />
      <div class="node-grid">
        <section class="node-endpoints" aria-labelledby="node-endpoints-title">
          <h3 id="node-endpoints-title">{title()}</h3>
          <NodeEndpointTable title={title()} rows={props.answer.endpoints} />
        </section>
        <section aria-labelledby="node-chart-title">
          <h3 id="node-chart-title" class="visually-hidden">
            Failures over time
          </h3>
          <FailureRateChart title="Failure rate of these requests over time" series={props.answer.series} />
        </section>
        <section aria-labelledby="node-reasons-title">
          <h3 id="node-reasons-title">Reasons for failures here</h3>
          <ReasonList reasons={props.answer.reasons} failedRequests={props.answer.figures.failedRequests} />
        </section>
      </div>
    </>
  );
}

/** Adds the chain as a filter, which then is a chip in the filter bar. */
function ChainFilter(props: NodePanelProps): JSX.Element {
  const app = useApp();
  const active = createMemo(() => app.view().chains.some((chain) => samePath(chain, props.path)));
  const add = () => app.navigate({ chains: [...app.view().chains, props.path] }, 'push');
  return (
    <Show
      when={!active()}
      fallback={
        <p class="quiet">
          Only requests through this chain are shown: {describeCount(props.backtrace.root.calls)} of{' '}
          {describeCountOf(props.backtrace.unfiltered, 'request')}.
        </p>
      }
    >
      <button type="button" class="button" onClick={add}>
        Show only requests through this chain
      </button>
    </Show>
  );
}

function samePath(a: ChainPath, b: ChainPath): boolean {
  return a.length === b.length && a.every((step, at) => sameService(step, b[at]));
}
