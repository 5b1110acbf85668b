import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { SpanDetails, TraceAnswer, TraceRequest, TraceSpan } from '../../model/answers-spans.ts';
import type { SpanEvent, StatusCode } from '../../model/span.ts';
import { linkTo } from '../../link/resolve.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf, describeDuration, describeInstant } from '../../util/text.ts';
import { backtraceFrom, textIs } from '../filter/narrow.ts';
import { ServiceName } from '../parts/ServiceName.tsx';
import { AnswerTrouble } from '../service/AnswerStates.tsx';
import { AttributeList } from './AttributeList.tsx';
import { SPAN_KINDS } from './span-kinds.ts';
import { TraceLink } from './TraceLink.tsx';
import { criticalNs } from './trace-figures.ts';
import { DEFINITIONS } from '../definitions.ts';
import { BreakableText } from '../parts/BreakableText.tsx';
import { Term } from '../parts/Defined.tsx';

const STATUSES: Readonly<Record<StatusCode, string>> = { 0: 'unset', 1: 'ok', 2: 'error' };

/** All that the selected span bears, as text. */
export function SpanPanel(props: { answer: TraceAnswer; span: TraceSpan }): JSX.Element {
  const app = useApp();
  /** Of the request that the span opens or stands for, else of the span. */
  const service = () => requestOf(props.answer, props.span)?.service ?? props.span.service;
  const ofThisTrace = () => textIs('trace:id', props.answer.traceId);
  const details = createAnswer('span', () => ({ record: props.span.record }));
  return (
    <section class="panel span-panel" classList={{ stale: details.loading() }} aria-labelledby="span-title">
      <h2 id="span-title">{props.span.name === '' ? '(no name)' : props.span.name}</h2>
      <p class="span-service">
        <ServiceName service={props.span.service} />
        <a class="button small" href={app.href({ view: 'backtrace', ...linkTo(service()) })}>
          Analyze backtrace
        </a>
        <a class="button small" href={app.href(backtraceFrom(service(), [ofThisTrace()]))}>
          Backtrace from this trace
        </a>
      </p>
      <SpanFacts answer={props.answer} span={props.span} details={details.latest() ?? null} />
      <AnswerTrouble error={details.error()} />
      <Show when={details.latest()} fallback={<p class="quiet">Reading the span …</p>}>
        {(latest) => <SpanContents answer={props.answer} span={props.span} details={latest()} />}
      </Show>
    </section>
  );
}

function SpanFacts(props: {
  answer: TraceAnswer;
  span: TraceSpan;
  details: SpanDetails | null;
}): JSX.Element {
  const request = () => requestOf(props.answer, props.span);
  const start = () =>
    props.span.startNs === null || props.answer.start === null
      ? 'not given'
      : `${describeInstant(props.answer.start + BigInt(props.span.startNs))}, ${describeDuration(props.span.startNs / 1e6)} after the trace began`;
  const status = () => {
    const message = props.details?.span.statusMessage ?? '';
    return message === '' ? STATUSES[props.span.status] : `${STATUSES[props.span.status]}: ${message}`;
  };
  const outcome = () => {
    const of = request();
    if (!of) return 'part of no request that is known';
    const role = props.span.inferred !== null ? 'stands for' : props.span.opens ? 'opens' : 'is part of';
    return `${role} a request of ${of.service.name} that ${of.failed ? `failed: ${of.reason}` : 'succeeded'}`;
  };
  return (
    <dl class="span-facts">
      <dt>Request</dt>
      <dd classList={{ 'has-failures': request()?.failed === true }}>
        <BreakableText text={outcome()} />
      </dd>
      <dt>Start</dt>
      <dd>{start()}</dd>
      <dt>Duration</dt>
      <dd>
        {props.span.durationNs === null ? 'no end given' : describeDuration(props.span.durationNs / 1e6)}
      </dd>
      <dt>
        <Term text={DEFINITIONS.spanOnCriticalPath}>On the critical path</Term>
      </dt>
      <dd>{describeDuration(criticalNs(props.span) / 1e6)}</dd>
      <Show when={props.span.clock.length > 0}>
        <dt>Clock</dt>
        <dd class="clock-words">{props.span.clock.join(', ')}</dd>
      </Show>
      <dt>Kind</dt>
      <dd>{SPAN_KINDS[props.span.kind]}</dd>
      <dt>Status</dt>
      <dd>{status()}</dd>
      <dt>Span id</dt>
      <dd class="trace-id">{props.span.spanId}</dd>
      <Show when={props.span.parentMissing}>
        <dt>Parent</dt>
        <dd>named, but not in the data: {props.details?.span.parentSpanId}</dd>
      </Show>
      <Show when={(props.details?.duplicates ?? 0) > 0}>
        <dt>Records</dt>
        <dd>joined from {describeCount((props.details?.duplicates ?? 0) + 1)} records of this span</dd>
      </Show>
    </dl>
  );
}

/** The request that the span stands for or is part of; null: unknown. */
function requestOf(answer: TraceAnswer, { inferred, request }: TraceSpan): TraceRequest | null {
  const at = inferred ?? request;
  return at === null ? null : answer.requests[at];
}

interface SpanContentsProps {
  readonly answer: TraceAnswer;
  readonly span: TraceSpan;
  readonly details: SpanDetails;
}

function SpanContents(props: SpanContentsProps): JSX.Element {
  const service = () => requestOf(props.answer, props.span)?.service ?? null;
  const stands = () => props.span.opens || props.span.inferred !== null;
  const of = (scope: 'span' | 'resource') => {
    const known = service();
    return known && stands() ? { service: known, scope } : null;
  };
  const span = () => props.details.span;
  const scope = () => [span().scope.name, span().scope.version].filter((part) => part !== '').join(' ');
  return (
    <>
      <Show when={props.details.charactersCut > 0}>
        <p class="note">
          {describeCountOf(props.details.charactersCut, 'character')} of long values left out.
        </p>
      </Show>
      <AttributeList title="Attributes" attributes={span().attributes} of={of('span')} />
      <section class="span-section">
        <h3>Events and logs ({describeCount(span().events.length)})</h3>
        <For each={span().events} fallback={<p class="quiet">None.</p>}>
          {(event) => <EventEntry event={event} start={props.answer.start} />}
        </For>
      </section>
      <section class="span-section">
        <h3>Links ({describeCount(span().links.length)})</h3>
        <For each={span().links} fallback={<p class="quiet">None.</p>}>
          {(link) => (
            <p class="trace-id">
              <TraceLink traceId={link.traceId} spanId={link.spanId}>
                span {link.spanId} of trace {link.traceId}
              </TraceLink>
            </p>
          )}
        </For>
      </section>
      <AttributeList title="Resource" attributes={span().resource.attributes} of={of('resource')} />
      <Show when={scope() !== ''}>
        <section class="span-section">
          <h3>Instrumentation scope</h3>
          <p>{scope()}</p>
        </section>
      </Show>
    </>
  );
}

function EventEntry(props: { event: SpanEvent; start: bigint | null }): JSX.Element {
  const when = () => {
    const { timeUnixNano } = props.event;
    if (timeUnixNano === null) return 'no time';
    if (props.start === null) return describeInstant(timeUnixNano);
    return `${describeDuration(Number(timeUnixNano - props.start) / 1e6)} after the trace began`;
  };
  return (
    <article class="span-event">
      <p>
        <strong>{props.event.name === '' ? '(no name)' : props.event.name}</strong>{' '}
        <span class="quiet">{when()}</span>
      </p>
      <AttributeList attributes={props.event.attributes} />
    </article>
  );
}
