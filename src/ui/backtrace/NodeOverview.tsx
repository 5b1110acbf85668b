import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { NodeAnswer } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { FailureRateChart } from '../../charts/FailureRateChart.tsx';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { createAfterPaint } from '../parts/create-after-paint.ts';
import { AnswerTrouble, Pending } from '../service/AnswerStates.tsx';
import { FigureList } from '../service/FigureList.tsx';
import { ReasonList } from '../service/ReasonList.tsx';
import { nodeFigures } from './node-figures.ts';
import { NodeEndpointTable } from './NodeEndpointTable.tsx';
import { brush } from './brush.ts';
import type { NodeTabProps } from './node-tab-props.ts';

/** Key figures, endpoints or user actions, failures over time and their reasons at the selected node. */
export function NodeOverview(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('node', () => ({
    target: props.backtrace.target,
    filter: app.filter(),
    path: props.path,
  }));
  return (
    <div class="node-tab" classList={{ stale: answer.loading() }}>
      <AnswerTrouble error={answer.error()} />
      <Show when={answer.latest()} fallback={<Pending error={answer.error()}>Counting …</Pending>}>
        {(latest) => (
          <Show when={latest().found} fallback={<p class="quiet">This step is not part of the backtrace.</p>}>
            <NodeDetails answer={latest()} />
          </Show>
        )}
      </Show>
    </div>
  );
}

function NodeDetails(props: { answer: NodeAnswer }): JSX.Element {
  const app = useApp();
  const here = (): EvidenceSelection => ({
    place: { kind: 'node', path: props.answer.path },
    count: 'requests',
  });
  const figuresStand = createAfterPaint();
  const title = () => (props.answer.userActions ? 'User actions' : 'Endpoints');
  return (
    <>
      <FigureList
        label="Figures of the selected step"
        figures={nodeFigures(props.answer.figures, props.answer.path)}
      />
      <div class="node-grid">
        <Show when={figuresStand()}>
          <section class="node-endpoints" aria-labelledby="node-endpoints-title">
            <h3 id="node-endpoints-title">{title()}</h3>
            <NodeEndpointTable title={title()} rows={props.answer.endpoints} path={props.answer.path} />
          </section>
          <section aria-labelledby="node-chart-title">
            <h3 id="node-chart-title" class="visually-hidden">
              Failures over time
            </h3>
            <FailureRateChart
              title="Failure rate of these requests over time"
              series={props.answer.series}
              onBar={(start) => app.navigate({ evidence: { ...here(), start } }, 'push')}
              onRange={(range) => app.navigate(brush(props.answer.path, 'requests', range), 'push')}
            />
          </section>
          <section aria-labelledby="node-reasons-title">
            <h3 id="node-reasons-title">Reasons for failures here</h3>
            <ReasonList
              reasons={props.answer.reasons}
              failedRequests={props.answer.figures.failedRequests}
              path={props.answer.path}
            />
          </section>
        </Show>
      </div>
    </>
  );
}
