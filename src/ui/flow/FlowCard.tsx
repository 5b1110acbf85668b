import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { FlowNode } from '../../model/answers-flow.ts';
import {
  describeCount,
  describeCountOf,
  describeRatio,
  describeShare,
  describeShareOf,
} from '../../util/text.ts';
import type { TreeEntry } from '../backtrace/tree-index.ts';
import { Icon } from '../parts/Icon.tsx';
import { Meter } from '../parts/Meter.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import type { Card } from './flow-layout.ts';

export interface FlowCardProps {
  readonly entry: TreeEntry<FlowNode>;
  readonly card: Card;
  /** What the entry calls. */
  readonly callees: number;
  readonly selected: boolean;
  readonly tabStop: boolean;
  readonly onFocus: () => void;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}

/** One service of the flow, as called by way of those left of it. */
export function FlowCard(props: FlowCardProps): JSX.Element {
  const node = () => props.entry.node;
  const isRoot = () => props.entry.parent < 0;
  return (
    <div
      role="treeitem"
      class="flow-card"
      classList={{ selected: props.selected, 'has-failures': node().failedCalls > 0, root: isRoot() }}
      data-row={props.card.row}
      tabindex={props.tabStop ? 0 : -1}
      aria-level={props.entry.depth + 1}
      aria-posinset={props.entry.position + 1}
      aria-setsize={props.entry.siblings}
      aria-expanded={props.card.expandable ? props.card.expanded : undefined}
      aria-selected={props.selected}
      style={{ transform: `translate(${props.card.x}px, ${props.card.y}px)` }}
      onFocus={() => props.onFocus()}
      onClick={() => props.onSelect()}
    >
      <div class="flow-card-name">
        <ServiceName service={node().service} others={node().others} />
        <Show when={node().failedCalls > 0}>
          <span class="flow-card-failed" title={describeFailures(node())}>
            <Icon name="failure" />
            <span class="visually-hidden">, </span>
            {describeShareOf(node().failedCalls, node().calls)}
            <span class="visually-hidden"> of the calls failed</span>
          </span>
        </Show>
      </div>
      <div class="flow-card-calls">
        <Show
          when={!isRoot()}
          fallback={
            <span class="elide">
              <span class="visually-hidden">, </span>
              {describeCountOf(node().calls, 'request')}
            </span>
          }
        >
          <span class="elide" title={describeCalls(node())}>
            <span class="visually-hidden">, called </span>
            by {describeShare(node().share)}
            <span class="visually-hidden"> of the requests</span> · {describeEach(node())}
          </span>
          <Show when={node().asynchronous > 0}>
            <span class="flow-card-tag" title={describeWaiting(node())}>
              <span class="visually-hidden">, </span>
              async<span class="visually-hidden">hronous</span>
            </span>
          </Show>
        </Show>
      </div>
      <div class="flow-card-time" title="Part of the response time in which a call here was open.">
        <span class="visually-hidden">, </span>
        <Meter share={node().timeShare} />
        <span class="visually-hidden"> of the response time</span>
      </div>
      <Show when={props.card.expandable}>
        <span
          class="flow-toggle"
          aria-hidden="true"
          title={props.card.expanded ? 'Hide what it calls' : 'Show what it calls'}
          onClick={(event) => {
            event.stopPropagation();
            props.onToggle();
          }}
        >
          <Show when={props.card.expanded} fallback={`+${props.callees}`}>
            <Icon name="left" />
          </Show>
        </span>
      </Show>
    </div>
  );
}

function describeCalls(node: FlowNode): string {
  return `called by ${describeShare(node.share)} of the requests, ${describeEach(node)} on average`;
}

function describeEach({ calls, roots }: FlowNode): string {
  return `${describeRatio(calls, roots)} ${calls === roots ? 'call' : 'calls'} each`;
}

function describeFailures({ failedCalls, calls }: FlowNode): string {
  return `${describeCount(failedCalls)} of ${describeCountOf(calls, 'call')} failed`;
}

function describeWaiting({ asynchronous, calls }: FlowNode): string {
  if (asynchronous === calls) return 'its calls are asynchronous: nobody waits for them';
  const [are, them] = asynchronous === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${describeCount(asynchronous)} of its calls ${are} asynchronous: nobody waits for ${them}`;
}
