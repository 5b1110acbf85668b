/** Places of the hotspots as rows of a table: each opened one is followed by its own time and what it calls. */
import type { ChainPath } from '../../model/answers.ts';
import type { HotspotNode } from '../../model/answers-hotspots.ts';
import { sameService } from '../backtrace/tree-index.ts';

export interface HotspotRow {
  readonly node: HotspotNode;
  /** Place in the answer's nodes. */
  readonly at: number;
  /** What the place does itself, without its callees. */
  readonly own: boolean;
  /** From whose hotspots these are down to the place. */
  readonly path: ChainPath;
  /** 0 for what stands right below those whose hotspots these are. */
  readonly depth: number;
  readonly expandable: boolean;
  readonly timeNs: bigint;
  /** Of the response time; 0..1. */
  readonly share: number;
}

export interface HotspotIndex {
  readonly nodes: readonly HotspotNode[];
  /** By place: its callees. */
  readonly callees: readonly (readonly number[])[];
  readonly paths: readonly ChainPath[];
}

export function indexHotspots(nodes: readonly HotspotNode[]): HotspotIndex {
  const callees = nodes.map((): number[] => []);
  const paths: ChainPath[] = [];
  nodes.forEach(({ caller, service }, at) => {
    paths.push(caller < 0 ? [service] : [...paths[caller], service]);
    if (caller >= 0) callees[caller].push(at);
  });
  return { nodes, callees, paths };
}

/** Places that the paths name; others are passed over. */
export function openPlaces({ paths }: HotspotIndex, opened: readonly ChainPath[]): ReadonlySet<number> {
  const isOpened = (path: ChainPath) =>
    opened.some((one) => one.length === path.length && one.every((step, i) => sameService(step, path[i])));
  return new Set(paths.flatMap((path, at) => (isOpened(path) ? [at] : [])));
}

/** Own time and callees of a place, in the order of the answer. */
function rowsBelow(index: HotspotIndex, at: number): readonly HotspotRow[] {
  const node = index.nodes[at];
  const own = rowOf(index, at, true);
  const callees = index.callees[at].map((callee) => rowOf(index, callee, false));
  return node.ownNs > 0n || callees.length === 0 ? [own, ...callees] : callees;
}

function rowOf({ nodes, callees, paths }: HotspotIndex, at: number, own: boolean): HotspotRow {
  const node = nodes[at];
  const timeNs = own ? node.ownNs : node.timeNs;
  return {
    node,
    at,
    own,
    path: paths[at],
    depth: paths[at].length - (own ? 1 : 2),
    expandable: !own && callees[at].length > 0,
    timeNs,
    share: shareOf(timeNs, nodes[0].timeNs),
  };
}

export function shareOf(partNs: bigint, wholeNs: bigint): number {
  return wholeNs === 0n ? 0 : Number(partNs) / Number(wholeNs);
}

/** Rows of what is opened, each before those below it. Nothing recurses: paths may be thousands long. */
export function visibleRows(index: HotspotIndex, open: ReadonlySet<number>): readonly HotspotRow[] {
  const rows: HotspotRow[] = [];
  const pending = rowsBelow(index, 0).toReversed();
  for (let row = pending.pop(); row; row = pending.pop()) {
    rows.push(row);
    if (row.expandable && open.has(row.at)) pending.push(...rowsBelow(index, row.at).toReversed());
  }
  return rows;
}
