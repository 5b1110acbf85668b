import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { FailureRateChart } from '../../charts/FailureRateChart.tsx';
import type { NodeAnswer } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { AnswerTrouble, Pending } from '../service/AnswerStates.tsx';
import { brush } from './brush.ts';
import { FailedChains } from './FailedChains.tsx';
import { NodeEndpointTable } from './NodeEndpointTable.tsx';
import type { NodeTabProps } from './node-tab-props.ts';
import { ReasonTable } from './ReasonTable.tsx';

/** Failures at the selected node: over time, why, of which endpoints and chains. */
export function NodeFailures(props: NodeTabProps): JSX.Element {
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
            <Failures answer={latest()} {...props} />
          </Show>
        )}
      </Show>
    </div>
  );
}

function Failures(props: NodeTabProps & { answer: NodeAnswer }): JSX.Element {
  const app = useApp();
  const failed = (): EvidenceSelection => ({
    place: { kind: 'node', path: props.path },
    count: 'failedRequests',
  });
  const affected = () => props.answer.endpoints.filter((row) => row.failedRequests > 0);
  return (
    <>
      <FailureRateChart
        title="Failures over time"
        series={props.answer.series}
        onBar={(start) => app.navigate({ evidence: { ...failed(), start } }, 'push')}
        onRange={(range) => app.navigate(brush(props.path, 'failedRequests', range), 'push')}
      />
      <section aria-labelledby="failure-reasons-title">
        <h3 id="failure-reasons-title">Reasons for failed requests</h3>
        <ReasonTable
          reasons={props.answer.reasons}
          failedRequests={props.answer.figures.failedRequests}
          path={props.path}
        />
      </section>
      <section aria-labelledby="failure-endpoints-title">
        <h3 id="failure-endpoints-title">
          {props.answer.userActions ? 'Affected user actions' : 'Affected endpoints'}
        </h3>
        <NodeEndpointTable title="Affected endpoints" rows={affected()} path={props.path} />
      </section>
      <section aria-labelledby="failure-chains-title">
        <h3 id="failure-chains-title">Affected chains</h3>
        <FailedChains root={props.backtrace.root} path={props.path} />
      </section>
    </>
  );
}
