/** Where each step of a backtrace lies in the sunburst: pure geometry in shares of the circle. */
import type { BacktraceNode, ChainEnds } from '../model/answers.ts';
import type { ChainEnd, NamedServices } from '../model/service.ts';

/** What a tree must say of its nodes to be drawn. */
export interface SunburstNode extends NamedServices {
  /** The area: its callers' and those of the chains that end here. */
  readonly calls: number;
  readonly failedCalls: number;
  readonly ends: ChainEnds;
  /** There: the counts are estimates. */
  readonly inData?: object;
  readonly callers: readonly SunburstNode[];
}

/** A tree of nodes of one kind. */
type Tree<N> = SunburstNode & { readonly callers: readonly N[] };

export interface SunburstArc<N = BacktraceNode> {
  /**
   * step: a node. end: chains that end at `node`. other: several small callers of `node` drawn as one.
   * deeper: callers of `node` that lie beyond the last ring.
   */
  readonly kind: 'step' | 'end' | 'other' | 'deeper';
  readonly node: N;
  /** Service names from the centre to `node`, as arcs. null: the centre. */
  readonly parent: SunburstArc<N> | null;
  /** 0: the centre. */
  readonly ring: number;
  /** Clockwise from the top, 0..1 of the circle. */
  readonly from: number;
  readonly to: number;
  readonly calls: number;
  readonly failedCalls: number;
  /** end only. */
  readonly end: ChainEnd | null;
  /** other and deeper: chains drawn as one. */
  readonly chains: number;
  /** step: calls whose chains end at the node. other: the same for all the steps it stands for. Else none. */
  readonly ends: ChainEnds;
}

export interface SunburstLayout<N = BacktraceNode> {
  readonly arcs: readonly SunburstArc<N>[];
  /** Rings around the centre. */
  readonly rings: number;
}

export interface SunburstLimits {
  readonly maxRings: number;
  readonly maxArcs: number;
  /** Callers narrower than this share of the circle are drawn as one. */
  readonly minShare: number;
}

export const SUNBURST_LIMITS: SunburstLimits = { maxRings: 9, maxArcs: 400, minShare: 1 / 240 };

const ENDS: readonly ChainEnd[] = ['userAction', 'entryPoint', 'callerMissing'];
const NO_ENDS: ChainEnds = { userAction: 0, entryPoint: 0, callerMissing: 0 };

/** Lays out the tree; where that gives too many arcs, more of the small ones are drawn as one. */
export function layoutSunburst<N extends Tree<N>>(
  root: N,
  limits: SunburstLimits = SUNBURST_LIMITS,
): SunburstLayout<N> {
  let { minShare } = limits;
  let arcs = layoutWith(root, limits.maxRings, minShare);
  while (arcs.length > limits.maxArcs && minShare < 1) {
    minShare *= 2;
    arcs = layoutWith(root, limits.maxRings, minShare);
  }
  return {
    arcs,
    rings: arcs.reduce(
      (most, arc) => (arc.kind === 'step' || arc.kind === 'other' ? Math.max(most, arc.ring) : most),
      0,
    ),
  };
}

function layoutWith<N extends Tree<N>>(
  root: N,
  maxRings: number,
  minShare: number,
): readonly SunburstArc<N>[] {
  if (root.calls === 0) return [];
  const arcs: SunburstArc<N>[] = [];
  const pending: SunburstArc<N>[] = [
    {
      kind: 'step',
      node: root,
      parent: null,
      ring: 0,
      from: 0,
      to: 1,
      calls: root.calls,
      failedCalls: root.failedCalls,
      end: null,
      chains: 0,
      ends: root.ends,
    },
  ];
  for (let arc = pending.shift(); arc !== undefined; arc = pending.shift()) {
    arcs.push(arc);
    if (arc.kind === 'step' || arc.kind === 'other')
      for (const outer of outerArcs(arc, root.calls, { maxRings, minShare })) pending.push(outer);
  }
  return arcs;
}

/** What lies outward of a step: its callers, the small ones as one, then the chains that end here. Of `other`: these alone. */
function outerArcs<N extends Tree<N>>(
  arc: SunburstArc<N>,
  total: number,
  limits: Pick<SunburstLimits, 'maxRings' | 'minShare'>,
): readonly SunburstArc<N>[] {
  const { node } = arc;
  const outer: SunburstArc<N>[] = [];
  let at = arc.from;
  const add = (
    part: Pick<SunburstArc<N>, 'kind' | 'node' | 'calls' | 'failedCalls' | 'end' | 'chains' | 'ends'>,
  ) => {
    if (part.calls === 0) return;
    const to = at + part.calls / total;
    outer.push({ ...part, parent: arc, ring: arc.ring + 1, from: at, to });
    at = to;
  };
  if (arc.kind === 'step' && arc.ring >= limits.maxRings) {
    add({ ...sumOf(node.callers), kind: 'deeper', node, end: null, ends: NO_ENDS });
  } else if (arc.kind === 'step') {
    const small = node.callers.filter((caller) => caller.calls / total < limits.minShare);
    const grouped = small.length > 1 ? new Set(small) : new Set<N>();
    for (const caller of node.callers) {
      if (grouped.has(caller)) continue;
      add({
        kind: 'step',
        node: caller,
        calls: caller.calls,
        failedCalls: caller.failedCalls,
        end: null,
        chains: 0,
        ends: caller.ends,
      });
    }
    add({ ...sumOf([...grouped]), kind: 'other', node, end: null });
  }
  for (const end of ENDS)
    add({ kind: 'end', node, calls: arc.ends[end], failedCalls: 0, end, chains: 0, ends: NO_ENDS });
  return outer;
}

function sumOf(
  nodes: readonly SunburstNode[],
): Pick<SunburstArc, 'calls' | 'failedCalls' | 'chains' | 'ends'> {
  let calls = 0;
  let failedCalls = 0;
  for (const node of nodes) {
    calls += node.calls;
    failedCalls += node.failedCalls;
  }
  return { calls, failedCalls, ...chainsOf(nodes) };
}

/** Distinct chains (nodes at which at least one chain ends), and the calls by how their chains end. */
function chainsOf(nodes: readonly SunburstNode[]): Pick<SunburstArc, 'chains' | 'ends'> {
  let chains = 0;
  const ends = { ...NO_ENDS };
  const pending = [...nodes];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    let ended = 0;
    for (const end of ENDS) {
      ends[end] += node.ends[end];
      ended += node.ends[end];
    }
    if (ended > 0) chains++;
    for (const caller of node.callers) pending.push(caller);
  }
  return { chains, ends };
}

export interface RingRadii {
  /** px; 0 for the centre's inner radius. */
  readonly inner: number;
  readonly outer: number;
}

/** Room around the rings for the marks of chain ends, px. */
export const END_MARK_ROOM = 12;

/** Radii of a ring when the sunburst fills a square of `size` px. */
export function ringRadii(ring: number, rings: number, size: number): RingRadii {
  const whole = size / 2 - END_MARK_ROOM;
  if (rings === 0) return { inner: 0, outer: whole * 0.6 };
  const centre = Math.max(whole * 0.27, whole / (rings + 1));
  const width = (whole - centre) / rings;
  if (ring === 0) return { inner: 0, outer: centre };
  return { inner: centre + (ring - 1) * width, outer: centre + ring * width };
}

export interface LabelRoom {
  /** px */
  readonly width: number;
  /** Degrees clockwise, as read. */
  readonly rotation: 'along' | 'outward';
}

/** In widths of a line: shorter labels say nothing. */
const MIN_LABEL_LINES = 2.2;

/** px; larger pictures take larger letters. */
export function labelFontSize(size: number): number {
  return Math.round(Math.min(16, Math.max(11, size / 45)));
}

/** The straight text of letters of `fontSize` px that fits an arc; null: the arc is too small for any. */
export function labelRoom(share: number, radii: RingRadii, fontSize: number): LabelRoom | null {
  const lineHeight = fontSize * 1.2;
  const angle = share * 2 * Math.PI;
  const width = radii.outer - radii.inner;
  const outward = angle * radii.inner >= lineHeight + 2 ? width - 8 : 0;
  const along = width >= lineHeight + 4 ? alongWidth(angle, radii, lineHeight) : 0;
  const best = Math.max(outward, along);
  if (best < MIN_LABEL_LINES * lineHeight) return null;
  return { width: best, rotation: along >= outward ? 'along' : 'outward' };
}

/** Longest straight line of text across the middle of the arc that leaves the ring at none of its sides. */
function alongWidth(angle: number, radii: RingRadii, lineHeight: number): number {
  const middle = (radii.inner + radii.outer) / 2;
  const topEdge = middle + lineHeight / 2;
  const withinRing = 2 * Math.sqrt(Math.max(0, radii.outer ** 2 - topEdge ** 2)) - 4;
  const bottomEdge = middle - lineHeight / 2;
  const withinSides = angle >= Math.PI ? withinRing : 2 * bottomEdge * Math.tan(angle / 2) - 8;
  return Math.max(0, Math.min(withinRing, withinSides));
}
