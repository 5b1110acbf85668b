/**
 * A tree of services laid out flat, each node followed by those below it (pre-order): a backtrace, where these
 * are its callers, or a service flow. Nothing here recurses: a chain may be thousands of steps long.
 */
import type { BacktraceNode, ChainPath } from '../../model/answers.ts';
import type { ServiceRef } from '../../model/service.ts';

export interface TreeNode {
  readonly service: ServiceRef;
  readonly calls: number;
}

export interface TreeEntry<Node extends TreeNode = BacktraceNode> {
  readonly node: Node;
  /** Row of the node above it, which in a backtrace it calls; -1 for the root. */
  readonly parent: number;
  /** 0 for the root. */
  readonly depth: number;
  /** 0-based place among its siblings, and their number. */
  readonly position: number;
  readonly siblings: number;
}

/** Row 0 is the root. A node's row is its place here. */
export interface TreeIndex<Node extends TreeNode = BacktraceNode> {
  readonly entries: readonly TreeEntry<Node>[];
  /** Rows of the nodes right below each row, in the answer's order. */
  readonly children: readonly (readonly number[])[];
}

/** For what asks only for the shape of the tree. */
export type AnyTreeIndex = TreeIndex<TreeNode>;

/** Lists every node of the backtrace, the root first, each followed by its callers. */
export function indexTree(root: BacktraceNode): TreeIndex {
  const entries: TreeEntry[] = [];
  const children: number[][] = [];
  const pending: TreeEntry[] = [{ node: root, parent: -1, depth: 0, position: 0, siblings: 1 }];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    const row = entries.length;
    entries.push(entry);
    children.push([]);
    if (entry.parent >= 0) children[entry.parent].push(row);
    for (let position = entry.node.callers.length - 1; position >= 0; position--) {
      const node = entry.node.callers[position];
      pending.push({
        node,
        parent: row,
        depth: entry.depth + 1,
        position,
        siblings: entry.node.callers.length,
      });
    }
  }
  return { entries, children };
}

/** The services from the root to this row: how a node is named in links and questions. */
export function pathOf(index: AnyTreeIndex, row: number): ChainPath {
  return linkedRows(index, row).map((at) => index.entries[at].node.service);
}

/** Rows from the root to this one. */
export function linkedRows(index: AnyTreeIndex, row: number): readonly number[] {
  const rows: number[] = [];
  for (let at = row; at >= 0; at = index.entries[at].parent) rows.push(at);
  return rows.reverse();
}

/** Row that a path names, or -1 where the backtrace holds no such node. */
export function rowOf(index: AnyTreeIndex, path: ChainPath | null): number {
  if (path === null || path.length === 0) return -1;
  let row = sameService(index.entries[0].node.service, path[0]) ? 0 : -1;
  for (let step = 1; step < path.length && row >= 0; step++) {
    row =
      index.children[row].find((child) => sameService(index.entries[child].node.service, path[step])) ?? -1;
  }
  return row;
}

export function sameService(a: ServiceRef, b: ServiceRef): boolean {
  return a.name === b.name && a.type === b.type;
}
