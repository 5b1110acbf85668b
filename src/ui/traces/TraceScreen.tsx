import { For, Match, Show, Switch, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { JSX } from 'solid-js';
import type { TraceAnswer } from '../../model/answers-spans.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf, describeDuration, describeInstant } from '../../util/text.ts';
import { Icon } from '../parts/Icon.tsx';
import { AnswerTrouble, Pending } from '../service/AnswerStates.tsx';
import { createTarget } from '../service/create-target.ts';
import { RequestChain } from './RequestChain.tsx';
import { SpanPanel } from './SpanPanel.tsx';
import { TraceSearch } from './TraceSearch.tsx';
import { colorFinder, servicesOf } from './trace-figures.ts';
import { Waterfall } from './Waterfall.tsx';
import './traces.css';
import { DEFINITIONS } from '../definitions.ts';
import { Term } from '../parts/Defined.tsx';

/** Named in the legend. */
const MOST_SERVICES = 30;

/** One trace as a waterfall, with the chain of the selected span's request. */
export function TraceScreen(): JSX.Element {
  const app = useApp();
  const answer = createAnswer('trace', () => {
    const { trace } = app.view();
    return trace === null ? null : { trace };
  });
  return (
    <section class="page trace-screen" classList={{ stale: answer.loading() }}>
      <header class="screen-head">
        <h1>
          <span class="screen-kind">Trace</span> <span class="trace-id">{app.view().trace ?? ''}</span>
        </h1>
        <TraceSearch />
      </header>
      <AnswerTrouble error={answer.error()} />
      <Switch fallback={<Pending error={answer.error()}>Reading the spans …</Pending>}>
        <Match when={app.view().trace === null}>
          <NoTraceYet />
        </Match>
        <Match when={answer.latest()}>
          {(latest) => (
            <Show when={latest().found} fallback={<NoSuchTrace traceId={latest().traceId} />}>
              <TraceView answer={latest()} />
            </Show>
          )}
        </Match>
      </Switch>
    </section>
  );
}

function NoTraceYet(): JSX.Element {
  const app = useApp();
  const target = createTarget();
  return (
    <div class="empty-state">
      <p>Enter the id of a trace, or open one from a list of requests.</p>
      <Show
        when={target()?.service}
        fallback={
          <a class="button" href={app.href({ view: 'services' })}>
            Choose a service
          </a>
        }
      >
        {(service) => (
          <a
            class="button"
            href={app.href({
              view: 'backtrace',
              evidence: { place: { kind: 'node', path: [service()] }, count: 'requests' },
            })}
          >
            List the requests of {service().name}
          </a>
        )}
      </Show>
    </div>
  );
}

function NoSuchTrace(props: { traceId: string }): JSX.Element {
  const app = useApp();
  return (
    <div class="empty-state">
      <p>
        The open data holds no span of the trace <strong class="trace-id">{props.traceId}</strong>.
      </p>
      <a class="button" href={app.href({ view: 'services', service: null })}>
        Show all services
      </a>
    </div>
  );
}

function TraceView(props: { answer: TraceAnswer }): JSX.Element {
  const app = useApp();
  const [selected, setSelected] = createSignal(0);
  // Two spans may share an id: what was selected here stays while it bears the id that the link names.
  createEffect(
    on(
      () => [app.view().span, props.answer] as const,
      ([id, { spans }]) => {
        if (id === null) setSelected(0);
        else if (spans[selected()]?.spanId !== id) {
          setSelected(
            Math.max(
              0,
              spans.findIndex((span) => span.spanId === id),
            ),
          );
        }
      },
    ),
  );
  const select = (at: number) => {
    setSelected(at);
    app.navigate({ span: props.answer.spans[at].spanId }, 'replace');
  };
  const color = createMemo(() => colorFinder(props.answer.spans));
  const span = () => props.answer.spans[Math.min(selected(), props.answer.spans.length - 1)];
  return (
    <>
      <TraceFigures answer={props.answer} />
      <ServiceLegend answer={props.answer} />
      <RequestChain answer={props.answer} request={span().inferred ?? span().request} onSelect={select} />
      <div class="trace-panels">
        <section class="panel waterfall-panel" aria-label="Spans">
          <Waterfall answer={props.answer} selected={selected()} onSelect={select} color={color()} />
        </section>
        <SpanPanel answer={props.answer} span={span()} />
      </div>
    </>
  );
}

function TraceFigures(props: { answer: TraceAnswer }): JSX.Element {
  const failed = () =>
    props.answer.requests.filter((request) => request.failed && request.span !== null).length;
  return (
    <p class="trace-figures">
      <span>{describeCountOf(props.answer.spans.length, 'span')}</span>
      <span>{describeCountOf(servicesOf(props.answer.spans).length, 'service')}</span>
      <span>
        <Term text={DEFINITIONS.traceDuration}>{describeDuration(props.answer.durationNs / 1e6)}</Term>
      </span>
      <span>{props.answer.start === null ? 'no times' : describeInstant(props.answer.start)}</span>
      <span classList={{ 'has-failures': failed() > 0 }}>
        <Term text={DEFINITIONS.failedRequests}>
          {failed() === 0 ? 'no request failed' : `${describeCountOf(failed(), 'request')} failed`}
        </Term>
      </span>
      <Show when={props.answer.leftOut > 0}>
        <span>
          {describeCountOf(props.answer.leftOut, 'more span record is', 'more span records are')} left out:
          only the first are shown.
        </span>
      </Show>
    </p>
  );
}

function ServiceLegend(props: { answer: TraceAnswer }): JSX.Element {
  const color = createMemo(() => colorFinder(props.answer.spans));
  const services = createMemo(() => servicesOf(props.answer.spans));
  return (
    <ul class="trace-legend" aria-label="Services and marks">
      <For each={services().slice(0, MOST_SERVICES)}>
        {(entry) => (
          <li>
            <span class={`trace-swatch trace-color-${color()(entry.service)}`} aria-hidden="true" />
            {entry.service.name} <span class="quiet">{describeCount(entry.spans)}</span>
          </li>
        )}
      </For>
      <Show when={services().length > MOST_SERVICES}>
        <li class="quiet">and {describeCountOf(services().length - MOST_SERVICES, 'more service')}</li>
      </Show>
      <li>
        <span class="critical-swatch" aria-hidden="true" />
        <Term text={DEFINITIONS.criticalPath}>critical path</Term>
      </li>
      <li>
        <span class="event-swatch" aria-hidden="true" />
        <Term text={DEFINITIONS.spanEvent}>event</Term>
      </li>
      <li>
        <span class="has-failures">
          <Icon name="failure" />
        </span>
        <Term text={DEFINITIONS.failedSpan}>failed request</Term>
      </li>
      <li>
        <span class="span-error">
          <Icon name="failure" />
        </span>
        <Term text={DEFINITIONS.spanError}>error of a span</Term>
      </li>
      <li>
        <span class="span-clock">
          <Icon name="clock" />
        </span>
        <Term text={DEFINITIONS.spanClock}>clock problem</Term>
      </li>
      <li>
        <span class="chain-swatch" aria-hidden="true" />
        <Term text={DEFINITIONS.chainOfSpan}>chain of the selected span</Term>
      </li>
    </ul>
  );
}
