/** Two sets of target requests side by side: a is what was, b is what is compared with it. */
import type { NodeFigures, Target } from './answers.ts';
import type { NamedServices, ServiceRef } from './service.ts';

/** From a to b, in the unit of the figure. */
export interface FigureChange {
  /** b − a; null where one side has no such figure. */
  readonly difference: number | null;
  /** Chance of so great a difference if nothing had changed, adjusted for the many nodes (Benjamini–Hochberg); null: not tested. */
  readonly chance: number | null;
  /** chance < 0.05: only then it is worth a colour. */
  readonly beyondChance: boolean;
}

export type Presence = 'both' | 'appeared' | 'vanished';

/** The services of the root are those of side a. */
export interface CompareNode extends NamedServices {
  readonly presence: Presence;
  /** null: not on this side. */
  readonly a: NodeFigures | null;
  readonly b: NodeFigures | null;
  /** Calls ÷ |T|; a node that a side lacks has share 0 there. */
  readonly share: FigureChange;
  /** Failed requests ÷ requests. */
  readonly failureRate: FigureChange;
  /** Failed calls ÷ calls. */
  readonly callFailureRate: FigureChange;
  /** Medians, ms. */
  readonly responseTime: FigureChange;
  /** By the sum of both shares descending, then name, then type. */
  readonly callers: readonly CompareNode[];
}

/** A whole chain that occurs on one side only. */
export interface ChainChange {
  /** From its end (first) to the target (last). */
  readonly chain: readonly ServiceRef[];
  readonly presence: Exclude<Presence, 'both'>;
  /** Target requests with this chain, on the side that has it. */
  readonly calls: number;
  /** As in FigureChange, over all chains of both sides. */
  readonly chance: number;
  readonly beyondChance: boolean;
}

export interface CompareSide {
  readonly target: Target;
  readonly found: boolean;
  readonly requests: number;
  /** Before filters. */
  readonly unfiltered: number;
  /** Names that the service's requests bear on this side, before filters: what else may be chosen. */
  readonly endpoints: readonly string[];
  readonly instances: readonly string[];
}

export interface CompareAnswer {
  readonly a: CompareSide;
  readonly b: CompareSide;
  /** Target requests on both sides: the tests suppose that there are none. null: two datasets. */
  readonly overlap: number | null;
  readonly root: CompareNode;
  /** Most calls first. */
  readonly chains: readonly ChainChange[];
}
