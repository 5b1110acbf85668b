import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import { Term } from '../parts/Defined.tsx';
import { TREE_COLUMNS } from './tree-columns.ts';
import { DEFINITIONS } from '../definitions.ts';

const ENDS_DEFINITION = DEFINITIONS.chainEnds;

/** The headings of the tree; each says what its figure means. */
export function TreeHead(): JSX.Element {
  return (
    <div role="rowgroup" class="tree-head">
      <div role="row" aria-rowindex={1} class="tree-row">
        <div role="columnheader" class="tree-cell tree-name">
          Service and its callers
        </div>
        <div role="columnheader" class="tree-cell tree-ends">
          <Term text={ENDS_DEFINITION}>Chains end</Term>
        </div>
        <For each={TREE_COLUMNS}>
          {(column) => (
            <div role="columnheader" class={`tree-cell numeric column-${column.key}`}>
              <Term text={column.definition}>{column.title}</Term>
            </div>
          )}
        </For>
      </div>
    </div>
  );
}
