import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { StackFrame, StackGroup, StackTracesAnswer } from '../../model/answers-spans.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import type { NodeTabProps } from '../backtrace/node-tab-props.ts';
import { NarrowTo } from '../filter/NarrowTo.tsx';
import { exceptionIs } from '../filter/narrow.ts';
import { FailureRate } from '../parts/FailureRate.tsx';
import { TraceLink } from '../traces/TraceLink.tsx';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { seenAt } from './count-columns.tsx';
import { CodePlaceTable } from './CodePlaceTable.tsx';
import { DetailsAnswer } from './DetailsAnswer.tsx';
import { SampleNote } from './SampleNote.tsx';

/** Exceptions by stack, own code before library code; and from which code the calls were made. */
export function StackTracesTab(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('stackTraces', () => ({
    target: props.backtrace.target,
    filter: app.filter(),
    path: props.path,
  }));
  return (
    <DetailsAnswer answer={answer} pending="Reading exceptions …">
      {(latest) => (
        <>
          <section class="details-section" aria-labelledby="stacks-title">
            <h3 id="stacks-title">Exceptions</h3>
            <Stacks answer={latest()} path={props.path} />
          </section>
          <section class="details-section" aria-labelledby="places-title">
            <h3 id="places-title">Code that called</h3>
            <CodePlaceTable answer={latest()} path={props.path} />
          </section>
        </>
      )}
    </DetailsAnswer>
  );
}

function Stacks(props: { answer: StackTracesAnswer; path: ChainPath }): JSX.Element {
  return (
    <Show
      when={props.answer.exceptions.requests > 0}
      fallback={<p class="quiet">No exception was recorded in these requests.</p>}
    >
      <SampleNote sampled={props.answer.exceptions} what="with an exception" />
      <ol class="stack-list">
        <For each={props.answer.groups}>{(group) => <StackEntry group={group} path={props.path} />}</For>
      </ol>
    </Show>
  );
}

function StackEntry(props: { group: StackGroup; path: ChainPath }): JSX.Element {
  const own = () => props.group.frames.filter((frame) => frame.own);
  const behind = (count: 'requests' | 'failedRequests', text: JSX.Element) => (
    <EvidenceLink
      selection={seenAt({ table: 'stacks', path: props.path }, props.group.seenAs, count)}
      count={props.group[count]}
    >
      {text}
    </EvidenceLink>
  );
  const libraries = () => props.group.frames.filter((frame) => !frame.own && !frame.cause).length;
  return (
    <li class="stack-entry">
      <p class="stack-head">
        <strong>{props.group.type === '' ? 'exception' : props.group.type}</strong>
        <Show when={props.group.example !== ''}>
          <span class="reason-text">{props.group.example}</span>
        </Show>
      </p>
      <p class="stack-counts">
        <span title="Requests in which this exception was recorded with this stack.">
          {behind('requests', describeCountOf(props.group.requests, 'request'))}
        </span>
        <span>
          failed:{' '}
          {behind(
            'failedRequests',
            <FailureRate failed={props.group.failedRequests} of={props.group.requests} />,
          )}
        </span>
        <Show when={props.group.exceptions > props.group.requests}>
          <span>{describeCountOf(props.group.exceptions, 'exception')}</span>
        </Show>
        <Show when={props.group.language !== ''}>
          <span class="tag">{props.group.language}</span>
        </Show>
        <TraceLink traceId={props.group.traceId} spanId={props.group.spanId}>
          example
        </TraceLink>
        <Show when={props.group.type !== ''}>
          <NarrowTo path={props.path} condition={exceptionIs(props.group.type)} />
        </Show>
      </p>
      <Show when={props.group.frames.length > 0} fallback={<p class="quiet">No stack was recorded.</p>}>
        <Show when={own().length > 0} fallback={<p class="quiet">All frames are of libraries.</p>}>
          <Frames frames={own()} label="Own code" />
        </Show>
        <Show when={libraries() > 0}>
          <details>
            <summary>Whole stack, with {describeCountOf(libraries(), 'library frame')}</summary>
            <Frames frames={props.group.frames} label="Whole stack" />
          </details>
        </Show>
      </Show>
    </li>
  );
}

function Frames(props: { frames: readonly StackFrame[]; label: string }): JSX.Element {
  return (
    <ol class="stack-frames" aria-label={`${props.label}, ${describeCountOf(props.frames.length, 'frame')}`}>
      <For each={props.frames}>
        {(frame) => (
          <li classList={{ library: !frame.own && !frame.cause, cause: frame.cause }}>
            <span class="frame-code">{frame.code === '' ? '(anonymous)' : frame.code}</span>{' '}
            <span class="frame-place">{frame.place}</span>
          </li>
        )}
      </For>
    </ol>
  );
}
