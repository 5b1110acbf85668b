import { Match, Show, Switch, createMemo, createSignal, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChartHandle } from '../../charts/Chart.tsx';
import { SunburstChart } from '../../charts/SunburstChart.tsx';
import type { BacktraceAnswer } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { CompareTab } from '../compare/CompareTab.tsx';
import { EvidenceDrawer } from '../evidence/EvidenceDrawer.tsx';
import { FlowTab } from '../flow/FlowTab.tsx';
import { FilterBar } from '../filter/FilterBar.tsx';
import { HotspotsTab } from '../hotspots/HotspotsTab.tsx';
import { ImpactTab } from '../impact/ImpactTab.tsx';
import { OutliersTab } from '../outliers/OutliersTab.tsx';
import { createAfterPaint } from '../parts/create-after-paint.ts';
import { createNarrow } from '../parts/create-narrow.ts';
import { countedInData } from '../parts/estimates.ts';
import { InDataNote } from '../parts/InDataNote.tsx';
import { TargetName } from '../parts/TargetName.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { AnswerTrouble, NoRequests } from '../service/AnswerStates.tsx';
import { createTarget } from '../service/create-target.ts';
import { NotFound } from '../service/NotFound.tsx';
import { BacktraceTree } from './BacktraceTree.tsx';
import { ExportBar } from './ExportBar.tsx';
import { FailureTab } from './FailureTab.tsx';
import { NodePanel } from './NodePanel.tsx';
import { reportLostSteps } from './report-lost-steps.ts';
import { SCREEN_TABS } from './screen-tabs.ts';
import type { ScreenTab } from './screen-tabs.ts';
import { TargetControls } from './TargetControls.tsx';
import { TogetherWith } from './TogetherWith.tsx';
import { treeActions } from './tree-actions.ts';
import { indexTree, linkedRows, pathOf, rowOf } from './tree-index.ts';
import { VerdictPanel } from './VerdictPanel.tsx';
import { expandedPaths, openRowsOf, visibleRows, withRevealed } from './visible-rows.ts';
import type { OpenRows } from './visible-rows.ts';
import './backtrace.css';

/** Screen 4: every chain of callers that led to the requests of the chosen service. */
export function BacktraceScreen(): JSX.Element {
  const app = useApp();
  const target = createTarget();
  const answer = createAnswer('backtrace', () => {
    const wanted = target();
    return wanted && { target: wanted, filter: app.filter() };
  });
  // Shown after the tree has been drawn, and answered meanwhile.
  createAnswer('node', () => {
    const wanted = target();
    const { tab, panel, node } = app.view();
    if (wanted === null || tab !== null || panel !== null) return null;
    return { target: wanted, filter: app.filter(), path: node ?? [wanted.service] };
  });
  const shown = () => {
    const latest = answer.latest();
    return latest && countedInData(latest.root).calls;
  };
  const [sunburst, setSunburst] = createSignal<ChartHandle | null>(null);
  /** A service that is not there has nothing to be filtered or narrowed. */
  const isThere = () => answer.latest()?.found !== false;
  const present = () => (isThere() ? target() : null);
  const narrow = createNarrow();
  const controls = () => <Show when={present()}>{(known) => <TargetControls target={known()} />}</Show>;
  const exports = () => (
    <Show when={isThere() && answer.latest()}>
      {(latest) => <ExportBar root={latest().root} sunburst={sunburst()} />}
    </Show>
  );
  return (
    <section class="page backtrace-screen" classList={{ stale: answer.loading() }}>
      <Show when={isThere()}>
        <FilterBar target={target()} shown={shown()} total={answer.latest()?.unfiltered}>
          <Show when={narrow()}>{controls()}</Show>
        </FilterBar>
      </Show>
      <header class="screen-head">
        <div class="analysed">
          <h1>
            <span class="screen-kind">Backtrace of</span>{' '}
            <Show when={present()} fallback={app.view().service}>
              {(known) => <TargetName target={known()} />}
            </Show>
          </h1>
          <Show when={present()}>{(known) => <TogetherWith target={known()} />}</Show>
        </div>
        <Show when={!narrow()}>
          {controls()}
          {exports()}
        </Show>
      </header>
      <AnswerTrouble error={answer.error()} />
      <Show
        when={answer.latest()}
        fallback={
          <Show when={answer.error() === null}>
            <p class="quiet panel-pending">Following the callers …</p>
          </Show>
        }
      >
        {(latest) => (
          <Switch fallback={<BacktraceTabs answer={latest()} onSunburst={setSunburst} />}>
            <Match when={!latest().found}>
              <NotFound target={latest().target} />
              <ComparisonWithNothing answer={latest()} />
            </Match>
            <Match when={latest().root.calls === 0}>
              <NoRequests target={latest().target} />
              <ComparisonWithNothing answer={latest()} />
            </Match>
          </Switch>
        )}
      </Show>
      <Show when={narrow()}>{exports()}</Show>
      <EvidenceDrawer target={present()} />
    </section>
  );
}

/** Where side A holds nothing, as after a swap, the sides can still be chosen. */
function ComparisonWithNothing(props: { readonly answer: BacktraceAnswer }): JSX.Element {
  const app = useApp();
  return (
    <Show when={app.view().tab === 'compare'}>
      <CompareTab backtrace={props.answer} />
    </Show>
  );
}

interface BacktraceProps {
  readonly answer: BacktraceAnswer;
  readonly onSunburst: (handle: ChartHandle | null) => void;
}

/** The verdict, and below it one tab of what led to it. */
function BacktraceTabs(props: BacktraceProps): JSX.Element {
  const app = useApp();
  const tab = createMemo(
    (): ScreenTab => SCREEN_TABS.find(({ slug }) => slug === app.view().tab)?.slug ?? 'callers',
  );
  return (
    <>
      <VerdictPanel answer={props.answer} />
      <Tabs
        label="Parts of the backtrace"
        tabs={SCREEN_TABS}
        selected={tab()}
        onSelect={(slug) => app.navigate({ tab: slug === 'callers' ? null : slug }, 'push')}
      >
        <Show when={tab() !== 'callers' && tab() !== 'failures'}>
          <InDataNote />
        </Show>
        <Switch>
          <Match when={tab() === 'callers'}>
            <BacktraceView answer={props.answer} onSunburst={props.onSunburst} />
          </Match>
          <Match when={tab() === 'impact'}>
            <ImpactTab backtrace={props.answer} />
          </Match>
          <Match when={tab() === 'failures'}>
            <FailureTab backtrace={props.answer} />
          </Match>
          <Match when={tab() === 'flow'}>
            <FlowTab backtrace={props.answer} />
          </Match>
          <Match when={tab() === 'hotspots'}>
            <HotspotsTab backtrace={props.answer} />
          </Match>
          <Match when={tab() === 'compare'}>
            <CompareTab backtrace={props.answer} />
          </Match>
          <Match when={tab() === 'outliers'}>
            <OutliersTab backtrace={props.answer} />
          </Match>
        </Switch>
      </Tabs>
    </>
  );
}

function BacktraceView(props: BacktraceProps): JSX.Element {
  const app = useApp();
  const index = createMemo(() => indexTree(props.answer.root));
  reportLostSteps(index, { selected: 'node', opened: 'expanded' });
  const rowOfNode = createMemo(() => new Map(index().entries.map((entry, row) => [entry.node, row])));
  const selected = createMemo(() => Math.max(0, rowOf(index(), app.view().node)));
  const open = createMemo((): OpenRows => {
    const rows = openRowsOf(index(), app.view().expanded);
    return app.view().expanded === null ? withRevealed(index(), rows, selected()) : rows;
  });
  const [hovered, setHovered] = createSignal(-1);
  /** The verdict first, then the tree, then the panel below, which asks for its own figures, then the picture. */
  const step = createAfterPaint(3);

  onCleanup(() => props.onSunburst(null));
  const setOpen = (rows: OpenRows) => app.navigate({ expanded: expandedPaths(index(), rows) }, 'replace');
  const select = (row: number) => {
    const revealed = withRevealed(index(), open(), row);
    const expanded = revealed === open() ? {} : { expanded: expandedPaths(index(), revealed) };
    app.navigate({ node: row === 0 ? null : pathOf(index(), row), ...expanded }, 'replace');
  };
  const highlighted = () => {
    const row = hovered() >= 0 && hovered() < index().entries.length ? hovered() : selected();
    return row <= 0 && hovered() < 0 ? [] : linkedRows(index(), row).map((at) => index().entries[at].node);
  };
  return (
    <>
      <div class="backtrace-panels">
        <section class="panel tree-panel" aria-label="Callers">
          <Show
            when={step() >= 1}
            fallback={<div class="tree-pending" style={{ '--rows': visibleRows(index(), open()).length }} />}
          >
            <BacktraceTree
              index={index()}
              open={open()}
              onOpen={setOpen}
              selected={selected()}
              onSelect={select}
              hovered={hovered()}
              onHover={setHovered}
              actions={(row) => treeActions(app, pathOf(index(), row), index().entries[row].node)}
            />
          </Show>
        </section>
        <section class="panel sunburst-panel" aria-label="Sunburst">
          <Show when={step() >= 3} fallback={<div class="chart-sunburst" />}>
            <SunburstChart
              root={props.answer.root}
              highlighted={highlighted()}
              onHover={(node) => setHovered(node === null ? -1 : (rowOfNode().get(node) ?? -1))}
              onSelect={(node) => select(rowOfNode().get(node) ?? 0)}
              ref={props.onSunburst}
            />
          </Show>
        </section>
        <Show when={step() >= 2} fallback={<section class="panel node-panel node-panel-pending" />}>
          <NodePanel backtrace={props.answer} path={pathOf(index(), selected())} />
        </Show>
      </div>
    </>
  );
}
