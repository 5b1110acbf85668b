/** The compared tree as rows, each node followed by its callers. Nothing recurses: chains may be thousands long. */
import type { ChainPath } from '../../model/answers.ts';
import { nameOfServices } from '../../model/service.ts';
import type { CompareNode, FigureChange } from '../../model/answers-compare.ts';

export interface CompareRow {
  readonly node: CompareNode;
  /** 0 for the root. */
  readonly depth: number;
  /** Row of the node it calls; null for the root. */
  readonly below: CompareRow | null;
  /** Names from the end of the chain to the chosen service. */
  readonly chain: () => string;
}

export const CHANGES = ['share', 'failureRate', 'callFailureRate', 'responseTime'] as const;

export function compareRows(root: CompareNode): readonly CompareRow[] {
  const rows: CompareRow[] = [];
  const pending: { node: CompareNode; depth: number; below: CompareRow | null }[] = [
    { node: root, depth: 0, below: null },
  ];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { node, depth, below } = item;
    const chain = () => (below === null ? nameOfServices(node) : `${node.service.name} → ${below.chain()}`);
    const row = { node, depth, below, chain };
    rows.push(row);
    for (const caller of node.callers.toReversed())
      pending.push({ node: caller, depth: depth + 1, below: row });
  }
  return rows;
}

/** The rows from the root to this one. */
export function linkedRows(row: CompareRow): readonly CompareRow[] {
  const rows: CompareRow[] = [];
  for (let at: CompareRow | null = row; at !== null; at = at.below) rows.push(at);
  return rows.reverse();
}

/** How the node of a row is named in links. */
export function pathOf(row: CompareRow): ChainPath {
  return linkedRows(row).map(({ node }) => node.service);
}

/** The row that a path names; null: neither side has such a node. */
export function rowAt(rows: readonly CompareRow[], path: ChainPath | null): CompareRow | null {
  if (path === null) return null;
  const key = JSON.stringify(path.map(({ name, type }) => [name, type]));
  const found = rows.find(
    (row) =>
      row.depth === path.length - 1 &&
      JSON.stringify(pathOf(row).map(({ name, type }) => [name, type])) === key,
  );
  return found ?? null;
}

/** Something of it differs beyond chance, or it is on one side only. */
export function stands(node: CompareNode): boolean {
  return node.presence !== 'both' || CHANGES.some((name) => node[name].beyondChance);
}

/** How a change is to be read: more failures and longer times are worse; a share is neither. */
export function directionOf(
  name: (typeof CHANGES)[number],
  { difference, beyondChance }: FigureChange,
): 'worse' | 'better' | 'other' | null {
  if (!beyondChance || difference === null || difference === 0) return null;
  if (name === 'share') return 'other';
  return difference > 0 ? 'worse' : 'better';
}
