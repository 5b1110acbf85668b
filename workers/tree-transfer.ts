/**
 * Carries backtraces over the thread border: structured clone recurses, and a chain of some thousand callers
 * overflows its stack. Imported on both sides; Comlink then does it to every answer that has a tree.
 */
import { transferHandlers, type TransferHandler } from 'comlink';
import type { BacktraceNode } from '../src/model/answers.ts';

interface TreeAnswer {
  readonly ok: true;
  readonly value: { readonly root: BacktraceNode };
}

interface FlatAnswer {
  /** The answer without its root. */
  readonly value: object;
  /** All nodes, each before its callers and with an empty list of them. */
  readonly nodes: readonly BacktraceNode[];
  /** By node: how many callers it has. */
  readonly callers: readonly number[];
}

export const treeAnswerHandler: TransferHandler<TreeAnswer, FlatAnswer> = {
  canHandle: isTreeAnswer,
  serialize: ({ value }) => {
    const { root, ...rest } = value;
    return [{ value: rest, ...flatten(root) }, []];
  },
  deserialize: ({ value, nodes, callers }) => ({
    ok: true,
    value: { ...value, root: unflatten(nodes, callers) },
  }),
};

transferHandlers.set('headwater tree', treeAnswerHandler);

function isTreeAnswer(answer: unknown): answer is TreeAnswer {
  const value = propertyOf(answer, 'value');
  return Array.isArray(propertyOf(propertyOf(value, 'root'), 'callers'));
}

function propertyOf(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
}

function flatten(root: BacktraceNode): Pick<FlatAnswer, 'nodes' | 'callers'> {
  const nodes: BacktraceNode[] = [];
  const callers: number[] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push({ ...node, callers: [] });
    callers.push(node.callers.length);
    for (let at = node.callers.length - 1; at >= 0; at--) pending.push(node.callers[at]);
  }
  return { nodes, callers };
}

function unflatten(nodes: readonly BacktraceNode[], counts: readonly number[]): BacktraceNode {
  // From the back: the callers of a node are complete before the node itself.
  const complete: BacktraceNode[] = [];
  for (let at = nodes.length - 1; at >= 0; at--) {
    const callers = complete.splice(complete.length - counts[at]).toReversed();
    complete.push({ ...nodes[at], callers });
  }
  return complete[0];
}
