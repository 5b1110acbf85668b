/** Answers about what became of failures on their way up (docs/figures.md). Counts, shares 0..1. */
import type { ChainEnd, ServiceRef } from './service.ts';
import type { Target } from './answers.ts';

/** 95 % confidence, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Caller requests of a hop: did a request that it made of the callee fail, and did it fail itself? */
export interface HopFigures {
  readonly calleeFailed: number;
  readonly calleeFailedCallerFailed: number;
  readonly calleeFine: number;
  readonly calleeFineCallerFailed: number;
  /** P(caller fails | callee failed); null where no callee failed. */
  readonly failsIfFailed: number | null;
  /** P(caller fails | callee fine); null where none was fine. */
  readonly failsIfFine: number | null;
  /** failsIfFailed − failsIfFine, −1..1, and its interval (Newcombe 1998, method 10). */
  readonly difference: number | null;
  readonly interval: Interval | null;
}

/** A hop over all chains of the target, wherever in them it occurs. */
export interface Hop extends HopFigures {
  readonly caller: ServiceRef;
  readonly callee: ServiceRef;
}

/** A node of the backtrace, in the same order as in its answer; `hop` leads from this node to the one below it. */
export interface HopNode {
  readonly service: ServiceRef;
  /** null at the root. */
  readonly hop: HopFigures | null;
  readonly callers: readonly HopNode[];
}

export interface HopsAnswer {
  readonly target: Target;
  readonly found: boolean;
  /** By caller requests descending, then names. */
  readonly hops: readonly Hop[];
  readonly root: HopNode;
}

export const FATES = ['userAction', 'entryPoint', 'absorbed', 'unknown', 'nobodyWaited'] as const;

/** What became of a failed request: exactly one (docs/figures.md). */
export type Fate = (typeof FATES)[number];

/** Failed requests of the target with one fate at one place. */
export interface FatePlace {
  readonly fate: Fate;
  /** absorbed: who absorbed it; userAction, entryPoint: the end; unknown: the last one known; nobodyWaited: the queue or its consumer. */
  readonly service: ServiceRef;
  /** Of the user action or entry point; '' for the other fates. */
  readonly endpoint: string;
  readonly failures: number;
}

/** Failures with a fate, at this place if one is given; `endpoint` as in FatePlace. */
export interface FateSelection {
  readonly fate: Fate;
  readonly service?: ServiceRef;
  readonly endpoint?: string;
}

/** Those at a place. */
export function fateSelection({ fate, service, endpoint }: FatePlace): FateSelection {
  return fate === 'userAction' || fate === 'entryPoint' ? { fate, service, endpoint } : { fate, service };
}

/** A sentence in parts, so that a screen can emphasise names and open what numbers count. */
export interface SentencePart {
  readonly text: string;
  readonly names: 'service' | 'userAction' | 'endpoint' | null;
  /** Of a number: the failures that it counts. Left out: the part is none, or counts what no single selection lists. */
  readonly counts?: FateSelection | 'all';
}

export interface FatesAnswer {
  readonly target: Target;
  readonly found: boolean;
  /** Failed requests of the target: the sum over `counts`, and over `places`. */
  readonly failures: number;
  readonly counts: Readonly<Record<Fate, number>>;
  /** By fate in the order of FATES, then most failures first, then names. */
  readonly places: readonly FatePlace[];
  readonly sentence: readonly SentencePart[];
}

/** What is known for certain, and what it could be at most if missing callers were as bad as possible. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Where chains break: requests whose caller is missing. */
export interface BrokenEnd {
  readonly service: ServiceRef;
  readonly requests: number;
  readonly calls: number;
  readonly failedCalls: number;
}

export interface CompletenessAnswer {
  readonly target: Target;
  readonly found: boolean;
  readonly calls: number;
  readonly failedCalls: number;
  /** Of these, the calls whose chain ends with caller missing. */
  readonly callsMissing: number;
  readonly failedCallsMissing: number;
  /** Distinct requests at the ends of chains by kind. */
  readonly ends: Readonly<Record<ChainEnd, number>>;
  /** By calls descending, then name. */
  readonly broken: readonly BrokenEnd[];
  /** Distinct user actions that led to a failure, and those of them that failed. */
  readonly userActionsHit: Bounds;
  readonly userActionsHitFailed: Bounds;
  /** Distinct ids; null where no user action or entry point bears one. */
  readonly usersHit: Bounds | null;
  readonly usersHitFailed: Bounds | null;
  readonly sessionsHit: Bounds | null;
  readonly sessionsHitFailed: Bounds | null;
  /** Failed requests of the target that reached a user action. */
  readonly failuresAtUsers: Bounds;
}
