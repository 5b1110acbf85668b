import type { NodeFigures } from '../model/answers.ts';
import type { CompareNode } from '../model/answers-compare.ts';
import type { SunburstNode } from './sunburst-layout.ts';

/** A compared node as the sunburst draws it. */
export interface UnionNode extends SunburstNode {
  readonly compared: CompareNode;
  readonly callers: readonly UnionNode[];
}

/**
 * Both sides as one backtrace in which each side as a whole counts the same: `calls` are the mean of both
 * shares, 0..1, so that the callers of a node and the chains that end there fill it exactly.
 */
export function unionTree(root: CompareNode, totalA: number, totalB: number): UnionNode {
  const order: CompareNode[] = [root];
  for (const node of order) order.push(...node.callers);
  const mean = (node: CompareNode, count: (figures: NodeFigures) => number): number =>
    ((node.a ? count(node.a) / totalA : 0) + (node.b ? count(node.b) / totalB : 0)) / 2;
  const made = new Map<CompareNode, UnionNode>();
  // From the leaves, not by recursion: chains may be thousands long.
  const make = (node: CompareNode): UnionNode => ({
    compared: node,
    service: node.service,
    ...(node.others && { others: node.others }),
    calls: mean(node, ({ calls }) => calls),
    failedCalls: mean(node, ({ failedCalls }) => failedCalls),
    ends: {
      userAction: mean(node, ({ ends }) => ends.userAction),
      entryPoint: mean(node, ({ ends }) => ends.entryPoint),
      callerMissing: mean(node, ({ ends }) => ends.callerMissing),
    },
    callers: node.callers.flatMap((caller) => made.get(caller) ?? []),
  });
  for (const node of order.toReversed()) made.set(node, make(node));
  return made.get(root) ?? make(root);
}
