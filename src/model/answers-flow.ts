/** What the requests at a node of the backtrace call, downwards (docs/figures.md, Service flow). Times in ms. */
import type { ChainPath, ResponseTime, Target } from './answers.ts';
import type { NamedServices } from './service.ts';

/** A service as called by way of the services above it. Of the first node the calls are the root requests. */
export interface FlowNode extends NamedServices {
  /** Place in FlowAnswer.nodes of the node that calls it; -1: the first. */
  readonly parent: number;
  /** 0 for the first. */
  readonly depth: number;
  /** Requests here: each is called once. */
  readonly calls: number;
  readonly failedCalls: number;
  /** Distinct requests at the calling node that made them; at the first the root requests themselves. */
  readonly callers: number;
  /** Distinct root requests that led to them. */
  readonly roots: number;
  /** roots ÷ all root requests; 0 where there are none. */
  readonly share: number;
  /** Distinct root requests that led to a failed call here, and those of them that failed themselves. */
  readonly hit: number;
  readonly hitFailed: number;
  /** Calls that the root request does not wait for: asynchronous ones, and what is called below such. */
  readonly asynchronous: number;
  /** Time of the root requests in which a call here was open, overlaps counted once. */
  readonly timeMs: number;
  /** Of this, the time in which none of the calls that they make was open. */
  readonly ownTimeMs: number;
  /** timeMs ÷ that of the first node; 0 where that is 0. */
  readonly timeShare: number;
  readonly responseTime: ResponseTime;
}

export interface FlowAnswer {
  readonly target: Target;
  readonly path: ChainPath;
  /** false: no request of the target came this way. */
  readonly found: boolean;
  /** The node of the root requests first, each followed by what it calls: by calls descending, then name, then type. */
  readonly nodes: readonly FlowNode[];
}
