/** How the rows of the tree share their width: the name must stay readable at any depth. */
import type { TreeIndex } from './tree-index.ts';
import { describeCounted } from '../../util/text.ts';

/** Down to this depth each step is indented by one full step; deeper rows bear their depth as a number. */
export const FULL_INDENT_DEPTH = 6;
/** Steps beyond it that are indented at all, a little each. */
const HINTED_STEPS = 12;
const HINT = 1 / 8;

/** Indentation of a row, in steps of the style sheet: at most 7.5, however long the chain. */
export function indentSteps(depth: number): number {
  const beyond = Math.max(0, depth - FULL_INDENT_DEPTH);
  return Math.min(FULL_INDENT_DEPTH, depth) + Math.min(HINTED_STEPS, beyond) * HINT;
}

/** Trees with deeper rows take smaller steps throughout. */
export function isDeep(index: TreeIndex): boolean {
  return index.entries.some(({ depth }) => depth > FULL_INDENT_DEPTH);
}

/** Characters that the columns of counts need at most: no node has more calls or requests than the root. */
export function widestTexts({ entries }: TreeIndex): {
  readonly calls: number;
  readonly failedCalls: number;
} {
  const root = entries[0].node;
  const { calls, failedCalls } = root;
  const share = failedCalls === 0 ? '' : ' (99.9 %)';
  return {
    calls: describeCounted(calls, root).length,
    failedCalls: describeCounted(failedCalls, root).length + share.length,
  };
}
