import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { TraceAnswer } from '../../model/answers-spans.ts';
import { describeDuration } from '../../util/text.ts';
import { ROW_HEIGHT } from '../backtrace/create-row-window.ts';
import { Icon } from '../parts/Icon.tsx';
import { isFailed, placeInTime, reportsError } from './trace-figures.ts';

export interface WaterfallRowProps {
  readonly answer: TraceAnswer;
  /** Place of the span in the answer. */
  readonly at: number;
  /** 0-based place among the visible rows. */
  readonly place: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
  readonly selected: boolean;
  readonly tabStop: boolean;
  /** Part of a request on the chain of the selected one. */
  readonly onChain: boolean;
  readonly color: number;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}

/** Deeper spans are indented no further; aria-level has their depth. */
const MAX_INDENT = 16;

export function WaterfallRow(props: WaterfallRowProps): JSX.Element {
  const span = () => props.answer.spans[props.at];
  const failed = () => isFailed(props.answer, span());
  const error = () => !failed() && reportsError(span());
  const odd = () => span().clock.length > 0;
  return (
    <div
      role="row"
      class="waterfall-row"
      classList={{ selected: props.selected, 'on-chain': props.onChain, 'opens-request': span().opens }}
      data-span={props.at}
      aria-rowindex={props.place + 2}
      aria-level={span().depth + 1}
      aria-expanded={props.expandable ? props.expanded : undefined}
      aria-selected={props.selected}
      tabindex={props.tabStop ? 0 : -1}
      style={{ transform: `translateY(${props.place * ROW_HEIGHT}px)` }}
      onClick={() => props.onSelect()}
    >
      <div role="gridcell" class="waterfall-name" title={`${span().service.name}: ${span().name}`}>
        <span class="waterfall-indent" style={{ '--steps': Math.min(MAX_INDENT, span().depth) }} />
        <span
          class="tree-twisty"
          classList={{ leaf: !props.expandable }}
          aria-hidden="true"
          onClick={(event) => {
            if (!props.expandable) return;
            event.stopPropagation();
            props.onToggle();
          }}
        >
          <Show when={props.expandable}>
            <Icon name={props.expanded ? 'down' : 'right'} />
          </Show>
        </span>
        <span class={`trace-swatch trace-color-${props.color}`} aria-hidden="true" />
        <Show when={failed()}>
          <span class="has-failures" title="This request failed.">
            <Icon name="failure" />
            <span class="visually-hidden">failed: </span>
          </span>
        </Show>
        <Show when={error()}>
          <span
            class="span-error"
            title="The span reports an error; its request did not fail, or is another span's."
          >
            <Icon name="failure" />
            <span class="visually-hidden">reports an error: </span>
          </span>
        </Show>
        <Show when={odd()}>
          <span class="span-clock" title={span().clock.join(', ')}>
            <Icon name="clock" />
            <span class="visually-hidden">{span().clock.join(', ')}: </span>
          </span>
        </Show>
        <span class="waterfall-service">{span().service.name}</span>
        <span class="elide">{span().name === '' ? '(no name)' : span().name}</span>
      </div>
      <div role="gridcell" class="waterfall-duration numeric">
        {span().durationNs === null ? '–' : describeDuration((span().durationNs ?? 0) / 1e6)}
      </div>
      <div role="gridcell" class="waterfall-time">
        <SpanBar answer={props.answer} at={props.at} color={props.color} failed={failed()} />
      </div>
    </div>
  );
}

function SpanBar(props: { answer: TraceAnswer; at: number; color: number; failed: boolean }): JSX.Element {
  const span = () => props.answer.spans[props.at];
  const style = (from: number, length: number) => {
    const { left, width } = placeInTime(from, length, props.answer.durationNs);
    return { left: `${left * 100}%`, width: `${width * 100}%` };
  };
  return (
    <Show when={span().startNs !== null} fallback={<span class="quiet no-time">no time</span>}>
      <span
        class={`span-bar trace-color-${props.color}`}
        classList={{ failed: props.failed }}
        style={style(span().startNs ?? 0, span().durationNs ?? 0)}
      />
      <For each={span().critical}>
        {([from, to]) => <span class="critical-part" style={style(from, to - from)} />}
      </For>
      <For each={span().events}>
        {(at) => <span class="event-tick" style={{ left: style(at, 0).left }} />}
      </For>
      <Show when={span().critical.length > 0}>
        <span class="visually-hidden">on the critical path</span>
      </Show>
    </Show>
  );
}
