import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import { TREE_COLUMNS } from './tree-columns.ts';

const ENDS_DEFINITION =
  'Calls whose chain ends here: with a user action, at an entry point, or because the caller is missing.';

/** The headings of the tree; each explains its figure as a tooltip. */
export function TreeHead(): JSX.Element {
  return (
    <div role="rowgroup" class="tree-head">
      <div role="row" aria-rowindex={1} class="tree-row">
        <div role="columnheader" class="tree-cell tree-name">
          Service and its callers
        </div>
        <div role="columnheader" class="tree-cell tree-ends" title={ENDS_DEFINITION}>
          Chains end
        </div>
        <For each={TREE_COLUMNS}>
          {(column) => (
            <div
              role="columnheader"
              class={`tree-cell numeric column-${column.key}`}
              title={column.definition}
            >
              {column.title}
            </div>
          )}
        </For>
      </div>
    </div>
  );
}
