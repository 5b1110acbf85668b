/** A service flow as a tree of rows, and what its figures mean in words. */
import type { FlowNode } from '../../model/answers-flow.ts';
import type { TreeEntry, TreeIndex } from '../backtrace/tree-index.ts';

export type FlowIndex = TreeIndex<FlowNode>;

/** The nodes come in order, each with the place of the one that calls it. */
export function indexFlow(nodes: readonly FlowNode[]): FlowIndex {
  const children = nodes.map((): number[] => []);
  const positions = nodes.map(({ parent }, row) => (parent < 0 ? 0 : children[parent].push(row) - 1));
  const entries = nodes.map((node, row): TreeEntry<FlowNode> => ({
    node,
    parent: node.parent,
    depth: node.depth,
    position: positions[row],
    siblings: node.parent < 0 ? 1 : children[node.parent].length,
  }));
  return { entries, children };
}
