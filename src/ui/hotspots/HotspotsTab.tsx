import { Match, Show, Switch, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BacktraceAnswer, ChainPath, Target } from '../../model/answers.ts';
import type { HotspotsAnswer, UncountedKey } from '../../model/answers-hotspots.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import { SubjectChoice, subjectPath } from '../backtrace/Subject.tsx';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { AnswerPanel } from '../parts/AnswerPanel.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import type { TabItem } from '../parts/Tabs.tsx';
import { FindingList } from './FindingList.tsx';
import { describeHotspots } from './hotspot-text.ts';
import { HotspotBar } from './HotspotBar.tsx';
import { HotspotTable } from './HotspotTable.tsx';
import { MethodTable } from './MethodTable.tsx';
import '../traces/traces.css';
import './hotspots.css';

const PANELS = [
  { slug: 'parts', title: 'Services' },
  { slug: 'methods', title: 'Methods' },
] as const satisfies readonly TabItem[];

interface PanelProps {
  readonly target: Target;
  /** At which node of the backtrace the requests are. */
  readonly path: ChainPath;
}

/** Where the response time of the requests goes: by service, and by span and code. */
export function HotspotsTab(props: { backtrace: BacktraceAnswer }): JSX.Element {
  const app = useApp();
  const target = () => props.backtrace.target;
  const path = () => subjectPath(app, props.backtrace);
  const panel = createMemo(() => PANELS.find(({ slug }) => slug === app.view().panel)?.slug ?? 'parts');
  return (
    <>
      <SubjectChoice backtrace={props.backtrace} />
      <Tabs
        label="Hotspots by"
        tabs={PANELS}
        selected={panel()}
        onSelect={(slug) => app.navigate({ panel: slug === 'parts' ? null : slug }, 'push')}
      >
        <Switch>
          <Match when={panel() === 'parts'}>
            <ServicePanel target={target()} path={path()} />
          </Match>
          <Match when={panel() === 'methods'}>
            <MethodPanel target={target()} path={path()} />
          </Match>
        </Switch>
      </Tabs>
    </>
  );
}

function ServicePanel(props: PanelProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('hotspots', () => ({
    target: props.target,
    filter: app.filter(),
    path: props.path,
  }));
  return (
    <AnswerPanel
      title="Where the response time goes"
      answer={answer}
      pending="Following the critical path of each request …"
    >
      {(latest) => (
        <Show when={latest().nodes.length > 0} fallback={<NoRequest />}>
          <p class="fate-sentence">{describeHotspots(latest().nodes)}</p>
          <HotspotBar nodes={latest().nodes} />
          <HotspotTable answer={latest()} />
          <Uncounted answer={latest()} />
          <section aria-labelledby="findings-title">
            <h3 id="findings-title">What stands out</h3>
            <FindingList answer={latest()} />
          </section>
        </Show>
      )}
    </AnswerPanel>
  );
}

function MethodPanel(props: PanelProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('methods', () => ({
    target: props.target,
    filter: app.filter(),
    path: props.path,
  }));
  return (
    <AnswerPanel title="Self time by span and code" answer={answer} pending="Reading spans …">
      {(latest) => (
        <Show when={latest().sampled.requests > 0} fallback={<NoRequest />}>
          <MethodTable answer={latest()} path={props.path} />
        </Show>
      )}
    </AnswerPanel>
  );
}

function NoRequest(): JSX.Element {
  return <p class="quiet">No request of the backtrace came this way.</p>;
}

/** What of the calls could not be counted in full. */
function Uncounted(props: { answer: HotspotsAnswer }): JSX.Element {
  const behind = (kind: UncountedKey['kind']) => (
    <EvidenceLink
      selection={{
        place: { kind: 'finding', path: props.answer.path, finding: { kind } },
        count: 'requests',
      }}
      count={props.answer[kind]}
    >
      {describeCountOf(props.answer[kind], 'call')}
    </EvidenceLink>
  );
  return (
    <Show when={props.answer.outside + props.answer.withoutTime > 0}>
      <p class="quiet">
        <Show when={props.answer.outside > 0}>
          {behind('outside')} begin before their caller or end after it (work that was left behind, or clocks
          that differ): only what lies inside counts.{' '}
        </Show>
        <Show when={props.answer.withoutTime > 0}>{behind('withoutTime')} bear no time and get none.</Show>
      </p>
    </Show>
  );
}
