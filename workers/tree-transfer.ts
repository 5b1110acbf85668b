/**
 * Answers that hold a tree cross the border as a list: structured cloning recurses, and a chain of a few
 * thousand callers would overflow its stack. A side effect of importing this on both sides.
 */
import { transferHandlers } from 'comlink';

interface TreeNode {
  readonly callers: readonly TreeNode[];
}

interface TreeOutcome {
  readonly ok: true;
  readonly value: { readonly root: TreeNode };
}

interface FlatTree {
  /** The outcome with its root left out. */
  readonly outcome: object;
  readonly value: object;
  /** Parents before children, siblings in order; each without its callers. */
  readonly nodes: readonly object[];
  /** Position of the parent of each node; −1: the root. */
  readonly parents: Int32Array;
}

transferHandlers.set('tree', {
  canHandle: isTreeOutcome,
  serialize: (outcome: TreeOutcome): [FlatTree, Transferable[]] => [flatten(outcome), []],
  deserialize: unflatten,
});

function isTreeOutcome(message: unknown): message is TreeOutcome {
  if (!isRecord(message) || !isRecord(message.value)) return false;
  const { root } = message.value;
  return isRecord(root) && Array.isArray(root.callers);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function flatten({ value, ...outcome }: TreeOutcome): FlatTree {
  const { root, ...rest } = value;
  const nodes: object[] = [];
  const parents: number[] = [];
  const pending: { node: TreeNode; parent: number }[] = [{ node: root, parent: -1 }];
  // Breadth first, so that siblings keep their order.
  for (let at = 0; at < pending.length; at++) {
    const { node, parent } = pending[at];
    const { callers, ...figures } = node;
    nodes.push(figures);
    parents.push(parent);
    for (const caller of callers) pending.push({ node: caller, parent: at });
  }
  return { outcome, value: rest, nodes, parents: Int32Array.from(parents) };
}

export function unflatten({ outcome, value, nodes, parents }: FlatTree): object {
  const grown = nodes.map((figures) => ({ ...figures, callers: [] as object[] }));
  grown.forEach((node, i) => {
    if (parents[i] >= 0) grown[parents[i]].callers.push(node);
  });
  return { ...outcome, value: { ...value, root: grown[0] } };
}
