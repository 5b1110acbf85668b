import { Match, Show, Switch } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ServiceAnswer } from '../../model/answers.ts';
import { FailureRateChart } from '../../charts/FailureRateChart.tsx';
import { ResponseTimeChart } from '../../charts/ResponseTimeChart.tsx';
import { emptySeries } from '../../charts/time-axis.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { EvidenceDrawer } from '../evidence/EvidenceDrawer.tsx';
import { FilterBar } from '../filter/FilterBar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { TargetName } from '../parts/TargetName.tsx';
import { AnswerTrouble, NoRequests, Pending } from './AnswerStates.tsx';
import { createTarget } from './create-target.ts';
import { EndpointTable } from './EndpointTable.tsx';
import { FigureList } from './FigureList.tsx';
import { keyFigures } from './key-figures.ts';
import { NotFound } from './NotFound.tsx';
import { ReasonList } from './ReasonList.tsx';
import './service.css';

/** Screen 3: one service, its figures, its charts over time, its endpoints, and the way to its backtrace. */
export function ServiceScreen(): JSX.Element {
  const app = useApp();
  const target = createTarget();
  const answer = createAnswer('service', () => {
    const wanted = target();
    return wanted && { target: wanted, filter: app.filter() };
  });
  /** A service that is not there has nothing to be filtered or analysed. */
  const isThere = () => answer.latest()?.found !== false;
  return (
    <section class="page service-screen" classList={{ stale: answer.loading() }}>
      <Show when={isThere()}>
        <FilterBar target={target()} />
      </Show>
      <header class="screen-head">
        <h1>
          <Show when={isThere() && target()} fallback={app.view().service}>
            {(known) => <TargetName target={known()} />}
          </Show>
        </h1>
        <Show when={isThere() && target()}>
          {(known) => <span class="quiet service-type">{known().service.type}</span>}
        </Show>
        <Show when={isThere()}>
          <a class="button primary analyze" href={app.href({ view: 'backtrace' })}>
            <Icon name="backtrace" />
            Analyze backtrace
          </a>
        </Show>
      </header>
      <AnswerTrouble error={answer.error()} />
      <Show when={answer.latest()} fallback={<Pending error={answer.error()}>Counting requests …</Pending>}>
        {(latest) => (
          <Switch fallback={<ServiceFigures answer={latest()} />}>
            <Match when={!latest().found}>
              <NotFound target={latest().target} />
            </Match>
            <Match when={latest().requests === 0}>
              <NoRequests target={latest().target} />
            </Match>
          </Switch>
        )}
      </Show>
      <EvidenceDrawer target={isThere() ? target() : null} />
    </section>
  );
}

function ServiceFigures(props: { answer: ServiceAnswer }): JSX.Element {
  const app = useApp();
  const showBar = (start: { from: bigint; to: bigint }) =>
    app.navigate(
      {
        evidence: {
          place: { kind: 'node', path: [props.answer.target.service] },
          count: 'requests',
          start,
        },
      },
      'push',
    );
  const setRange = (range: { from: bigint; to: bigint }) => app.navigate(range, 'push');
  return (
    <>
      <Show when={props.answer.tracedTwin}>
        <p class="note">
          <Icon name="info" />
          Called here, but its span is missing: these requests are known from the calls of others only, while
          a service of this name or address is traced elsewhere in the data.
        </p>
      </Show>
      <FigureList label="Key figures" figures={keyFigures(props.answer)} />
      <div class="chart-pair">
        <div class="panel">
          <FailureRateChart
            title="Failure rate over time"
            series={props.answer.series}
            onRange={setRange}
            onBar={showBar}
          />
        </div>
        <div class="panel">
          <ResponseTimeChart
            title="Response time over time"
            series={props.answer.series}
            onRange={setRange}
          />
        </div>
      </div>
      <Show when={emptySeries(props.answer.series) === null}>
        <p class="quiet brush-note">
          Drag over a chart to set the timeframe; click a bar to list its requests.
        </p>
      </Show>
      <div class="service-lists">
        <section class="panel" aria-labelledby="endpoints-title">
          <h2 id="endpoints-title">Endpoints</h2>
          <EndpointTable rows={props.answer.endpoints} path={[props.answer.target.service]} />
        </section>
        <section class="panel" aria-labelledby="reasons-title">
          <h2 id="reasons-title">Reasons for failures</h2>
          <ReasonList
            reasons={props.answer.reasons}
            failedRequests={props.answer.failedRequests}
            path={[props.answer.target.service]}
          />
        </section>
      </div>
    </>
  );
}
