import { For, Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { TopChart } from '../../charts/TopChart.tsx';
import type { TopChartData } from '../../charts/top-requests.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { MEASURES, REQUEST_KINDS } from '../../model/answers-top.ts';
import type { TopAnswer, TopChoice } from '../../model/answers-top.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { ModeButtons } from '../parts/ModeButtons.tsx';
import { describeCount, describeCountOf, markEstimate } from '../../util/text.ts';
import { countedInData, describeInData } from '../parts/estimates.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { EvidenceDrawer } from '../evidence/EvidenceDrawer.tsx';
import { ExtrapolationSwitch } from '../filter/ExtrapolationSwitch.tsx';
import { FilterChips } from '../filter/FilterChips.tsx';
import { FilterSection } from '../filter/FilterSection.tsx';
import { QueryBar } from '../filter/QueryBar.tsx';
import { TimeframeControl } from '../filter/TimeframeControl.tsx';
import { ZoneControl } from '../filter/ZoneControl.tsx';
import { RulesButton } from '../rules/RulesButton.tsx';
import { AnswerTrouble } from '../service/AnswerStates.tsx';
import { createTop, TOPS } from './create-top.ts';
import { SplitChoice } from './SplitChoice.tsx';
import { KIND_TITLES, MEASURE_TITLES, describeFigure, describeFullValue } from './split-words.ts';
import { TopTable } from './TopTable.tsx';
import { measureOf } from './top-figures.ts';
import './requests.css';

const CHART_MODES = ['all', 'time'] as const;
const CHART_TITLES = { all: 'In all', time: 'Over time' };

/** Requests of all services by what they bear: which of them there are most of, or which take longest. */
export function RequestsScreen(): JSX.Element {
  const app = useApp();
  const top = createTop();
  const answer = createAnswer('topRequests', () => ({
    filter: { ...app.filter(), chains: [] },
    choice: top(),
  }));
  return (
    <section class="page requests-screen" classList={{ stale: answer.loading() }}>
      <FilterSection ofAllServices>
        <TimeframeControl />
        <ZoneControl />
        <RulesButton />
        <ExtrapolationSwitch />
        <QueryBar />
        <FilterChips target={null} ofAllServices />
      </FilterSection>
      <header class="screen-head">
        <h1>Top requests</h1>
        <TopControls top={top()} />
      </header>
      <AnswerTrouble error={answer.error()} />
      <Show
        when={answer.latest()}
        fallback={
          <Show when={answer.error() === null}>
            <p class="quiet panel-pending">Counting …</p>
          </Show>
        }
      >
        {(latest) => (
          <Show
            when={countedInData(latest().all).requests > 0}
            fallback={<p class="quiet">No request of this kind within the filter.</p>}
          >
            <TopPanels answer={latest()} />
          </Show>
        )}
      </Show>
      <EvidenceDrawer target={null} />
    </section>
  );
}

function TopControls(props: { top: TopChoice }): JSX.Element {
  const app = useApp();
  const [first, second] = [() => props.top.splits[0], () => props.top.splits[1] ?? null];
  return (
    <>
      <label class="target-control">
        <span>Of</span>
        <select
          onChange={(event) =>
            app.navigate(
              { kind: REQUEST_KINDS.find((kind) => kind === event.currentTarget.value) ?? null },
              'push',
            )
          }
        >
          <For each={REQUEST_KINDS}>
            {(kind) => (
              <option value={kind} selected={kind === props.top.kind}>
                {KIND_TITLES[kind]}
              </option>
            )}
          </For>
        </select>
      </label>
      <SplitChoice
        label="Split by"
        split={first()}
        optional={false}
        onChoose={(split) => split && app.navigate({ splits: [split, ...props.top.splits.slice(1)] }, 'push')}
      />
      <SplitChoice
        label="then by"
        split={second()}
        optional
        onChoose={(split) => app.navigate({ splits: split ? [first(), split] : [first()] }, 'push')}
      />
      <label class="target-control">
        <span>Measure</span>
        <select
          onChange={(event) =>
            app.navigate(
              { measure: MEASURES.find((one) => one === event.currentTarget.value) ?? null },
              'push',
            )
          }
        >
          <For each={MEASURES}>
            {(measure) => (
              <option value={measure} selected={measure === props.top.measure}>
                {MEASURE_TITLES[measure]}
              </option>
            )}
          </For>
        </select>
      </label>
      <label class="target-control">
        <span>Top</span>
        <select onChange={(event) => app.navigate({ top: Number(event.currentTarget.value) }, 'push')}>
          <For each={[...new Set([...TOPS, props.top.top])].sort((a, b) => a - b)}>
            {(count) => (
              <option value={count} selected={count === props.top.top}>
                {count}
              </option>
            )}
          </For>
        </select>
      </label>
    </>
  );
}

function TopPanels(props: { answer: TopAnswer }): JSX.Element {
  const app = useApp();
  // not the view's: it may be ahead of the answer
  const top = () => props.answer.choice;
  const overTime = () => app.view().mode === 'time';
  const groups = () => props.answer.rows.length + (props.answer.rest?.groups ?? 0);
  const data = createMemo((): TopChartData => {
    const { rows, rest, bars, widthNs } = props.answer;
    const { splits, measure } = top();
    const told = rows.map((row) => ({
      name: splits.map((split, at) => describeFullValue(split, row.values[at])).join(' – '),
      value: measureOf(row, measure),
      overTime: row.overTime,
      isRest: false,
    }));
    const others = rest && {
      name: rest.groups === 1 ? 'the other one' : `the other ${describeCount(rest.groups)}`,
      value: measureOf(rest, measure),
      overTime: rest.overTime,
      isRest: true,
    };
    return {
      groups: others ? [...told, others] : told,
      measure: MEASURE_TITLES[measure],
      format: (value) => describeFigure(measure, value, props.answer.all),
      most: measure === 'failureRate' || measure === 'share' ? 1 : null,
      bars,
      widthNs,
    };
  });
  const show = (group: number) => {
    const row = props.answer.rows[group];
    const { kind: of, splits } = top();
    const evidence: EvidenceSelection = {
      place: row ? { kind: 'top', of, splits, values: row.values } : { kind: 'rest', choice: top() },
      count: top().measure === 'failedRequests' ? 'failedRequests' : 'requests',
    };
    app.navigate({ evidence }, 'push');
  };
  return (
    <section class="panel answer-panel" aria-label="Groups of requests">
      <p class="quiet">
        <EvidenceLink
          selection={{ place: { kind: 'top', of: top().kind, splits: [], values: [] }, count: 'requests' }}
          count={countedInData(props.answer.all).requests}
        >
          <span title={describeInData(props.answer.all, 'requests')}>
            {markEstimate(describeCountOf(props.answer.all.requests, 'request'), props.answer.all)}
          </span>
        </EvidenceLink>{' '}
        in {describeCountOf(groups(), 'group')}
        <Show when={props.answer.rest}>
          , the {describeCount(props.answer.rows.length)} with most one by one and all others as one row
        </Show>
        .
      </p>
      <ModeButtons
        label="Chart"
        names={CHART_MODES}
        titles={CHART_TITLES}
        chosen={overTime() ? 'time' : 'all'}
        onChoose={(name) => app.navigate({ mode: name === 'time' ? 'time' : null }, 'replace')}
      />
      <TopChart title={MEASURE_TITLES[top().measure]} data={data()} overTime={overTime()} onSelect={show} />
      <TopTable answer={props.answer} />
    </section>
  );
}
