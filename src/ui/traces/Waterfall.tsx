import { For, Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { JSX } from 'solid-js';
import type { TraceAnswer } from '../../model/answers-spans.ts';
import type { ServiceRef } from '../../model/service.ts';
import { describeCountOf, describeDuration } from '../../util/text.ts';
import { ROW_HEIGHT, createRowWindow } from '../backtrace/create-row-window.ts';
import { Icon } from '../parts/Icon.tsx';
import { chainTest, markedSpans, nextMarked, placeInTime, timeTicks } from './trace-figures.ts';
import { moveForKey, sideMove, visibleSpans, withRevealed } from './waterfall-rows.ts';
import type { ClosedSpans, WaterfallEntry } from './waterfall-rows.ts';
import { WaterfallRow } from './WaterfallRow.tsx';

export interface WaterfallProps {
  readonly answer: TraceAnswer;
  /** Place of the selected span. */
  readonly selected: number;
  readonly onSelect: (at: number) => void;
  readonly color: (service: ServiceRef) => number;
}

/** The spans in time, parents above children. Only rows in sight are in the document. */
export function Waterfall(props: WaterfallProps): JSX.Element {
  const [closed, setClosed] = createSignal<ClosedSpans>(new Set());
  const entries = createMemo(() => visibleSpans(props.answer.spans, closed()));
  let grid!: HTMLDivElement;
  let body!: HTMLDivElement;

  const placeOf = (at: number) => entries().findIndex((entry) => entry.at === at);
  const tabStop = createMemo(() => Math.max(0, placeOf(props.selected)));
  const sight = createRowWindow({
    grid: () => grid,
    body: () => body,
    rows: () => entries().length,
    kept: tabStop,
  });
  const drawn = createMemo(
    () =>
      new Map(
        sight
          .places()
          .map((place): [number, WaterfallEntry & { place: number }] => [
            entries()[place].at,
            { ...entries()[place], place },
          ]),
      ),
  );
  const drawnSpans = createMemo(() => [...drawn().keys()]);
  const isOnChain = createMemo(() => chainTest(props.answer, props.selected));

  createEffect(
    on(
      () => props.answer,
      () => setClosed(new Set<number>()),
      { defer: true },
    ),
  );
  // A span that was selected elsewhere is brought into sight.
  createEffect(
    on(
      () => [props.selected, props.answer] as const,
      ([at]) => {
        setClosed((before) => withRevealed(props.answer.spans, before, at));
        queueMicrotask(() => sight.scrollTo(tabStop()));
      },
    ),
  );
  const toggle = (at: number) =>
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(at)) after.add(at);
      return after;
    });
  const focus = (at: number) =>
    body.querySelector<HTMLElement>(`[data-span="${at}"]`)?.focus({ preventScroll: true });
  const go = (place: number) => {
    const { at } = entries()[place];
    props.onSelect(at);
    sight.scrollTo(place);
    focus(at);
  };
  const marked = createMemo(() => markedSpans(props.answer));
  const jump = (step: 1 | -1) => {
    const at = nextMarked(marked(), props.selected, step);
    if (at === null) return;
    setClosed((before) => withRevealed(props.answer.spans, before, at));
    go(placeOf(at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'e' || event.key === 'E') return jump(event.key === 'e' ? 1 : -1);
    const move =
      moveForKey(event.key, entries(), tabStop(), sight.pageRows()) ??
      sideMove(event.key, props.answer.spans, entries(), tabStop());
    if (!move) return;
    event.preventDefault();
    if (move.kind === 'toggle') toggle(move.at);
    else go(move.place);
  };
  return (
    <>
      <div
        class="waterfall"
        role="treegrid"
        aria-label="Spans of the trace"
        aria-rowcount={entries().length + 1}
        aria-colcount={3}
        ref={grid}
        onScroll={() => sight.measure()}
        onKeyDown={onKeyDown}
      >
        <WaterfallHead durationNs={props.answer.durationNs} />
        <div
          role="rowgroup"
          class="waterfall-body"
          style={{ height: `${entries().length * ROW_HEIGHT}px` }}
          ref={body}
        >
          <For each={drawnSpans()}>
            {(at) => (
              <WaterfallRow
                answer={props.answer}
                at={at}
                place={drawn().get(at)?.place ?? 0}
                expandable={drawn().get(at)?.expandable ?? false}
                expanded={drawn().get(at)?.expanded ?? false}
                selected={at === props.selected}
                tabStop={at === entries()[tabStop()].at}
                onChain={isOnChain()(at)}
                color={props.color(props.answer.spans[at].service)}
                onSelect={() => props.onSelect(at)}
                onToggle={() => toggle(at)}
              />
            )}
          </For>
        </div>
      </div>
      <WaterfallHelp marked={marked().length} onJump={jump} />
    </>
  );
}

interface HelpProps {
  /** Spans with errors. */
  readonly marked: number;
  readonly onJump: (step: 1 | -1) => void;
}

function WaterfallHelp(props: HelpProps): JSX.Element {
  return (
    <div class="quiet waterfall-help">
      <Icon name="info" />
      <span>
        Arrow keys: up and down select, right and left open, close and go to children and parents; e and E: to
        the next and the previous error.
      </span>
      <Show when={props.marked > 0}>
        <span class="error-steps">
          {describeCountOf(props.marked, 'span')} with errors
          <button type="button" class="button small" onClick={() => props.onJump(-1)}>
            Previous error
          </button>
          <button type="button" class="button small" onClick={() => props.onJump(1)}>
            Next error
          </button>
        </span>
      </Show>
    </div>
  );
}

/** From here on a narrow screen has no room for the words of a tick. */
const LATE = 0.82;

function WaterfallHead(props: { durationNs: number }): JSX.Element {
  const leftOf = (tick: number) => placeInTime(tick, 0, props.durationNs).left;
  return (
    <div role="rowgroup" class="waterfall-head">
      <div role="row" aria-rowindex={1} class="waterfall-row">
        <div role="columnheader" class="waterfall-name">
          Service and span
        </div>
        <div role="columnheader" class="waterfall-duration">
          Duration
        </div>
        <div role="columnheader" class="waterfall-time">
          <span class="visually-hidden">Time since the start of the trace</span>
          <For each={timeTicks(props.durationNs)}>
            {(tick) => (
              <span
                class="waterfall-tick"
                classList={{ late: leftOf(tick) > LATE }}
                style={{ left: `${leftOf(tick) * 100}%` }}
              >
                {describeDuration(tick / 1e6)}
              </span>
            )}
          </For>
        </div>
      </div>
    </div>
  );
}
