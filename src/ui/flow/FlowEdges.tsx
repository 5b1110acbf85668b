import { For, Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { edgeOf, isEdgeInSight } from './flow-layout.ts';
import type { FlowLayout, Sight } from './flow-layout.ts';
import type { FlowIndex } from './flow-tree.ts';

/** Thinner ones would not show their dashes. */
const LEAST_FAILED = 3;

/** The lines from callers to callees. */
export function FlowEdges(props: { index: FlowIndex; layout: FlowLayout; sight: Sight }): JSX.Element {
  const edges = createMemo(() =>
    props.layout.cards.flatMap((to) => {
      const { node, parent } = props.index.entries[to.row];
      const from = props.layout.cardOf.get(parent);
      if (!from || !isEdgeInSight(from, to, props.sight)) return [];
      return [{ ...edgeOf(from, to, node.timeShare), failed: node.failedCalls > 0 }];
    }),
  );
  return (
    <svg class="flow-edges" width={props.layout.width} height={props.layout.height} aria-hidden="true">
      <For each={edges()}>
        {(edge) => (
          <>
            <path class="flow-edge" d={edge.path} stroke-width={edge.thickness} />
            <Show when={edge.failed}>
              <path
                class="flow-edge failed"
                d={edge.end}
                stroke-width={Math.max(LEAST_FAILED, edge.thickness)}
              />
            </Show>
          </>
        )}
      </For>
    </svg>
  );
}
