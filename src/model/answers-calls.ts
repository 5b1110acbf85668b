/** Attempts at one operation, and where the two sides of a call see it differently (docs/figures.md). Counts. */
import type { Target } from './answers.ts';
import type { ServiceRef } from './service.ts';

/** attempts ≥ operations = retried + those with one attempt; retried = recovered + exhausted. */
export interface AttemptFigures {
  readonly operations: number;
  /** Target requests that belong to them. */
  readonly attempts: number;
  /** Operations with more than one attempt. */
  readonly retried: number;
  /** Of these, the last attempt succeeded. */
  readonly recovered: number;
  /** Of these, the last attempt failed as well. */
  readonly exhausted: number;
  /** The only attempt failed. */
  readonly notRetried: number;
  readonly mostAttempts: number;
}

export interface AttemptRow extends AttemptFigures {
  readonly caller: ServiceRef;
  /** Of the target. */
  readonly endpoint: string;
}

export interface RetriesAnswer extends AttemptFigures {
  readonly target: Target;
  readonly found: boolean;
  /** Target requests that begin a chain (entry points, missing callers): whether they were retried cannot be seen. */
  readonly withoutCaller: number;
  /** Operations by number of attempts, ascending. */
  readonly byAttempts: readonly {
    readonly attempts: number;
    readonly operations: number;
    readonly recovered: number;
    readonly exhausted: number;
  }[];
  /** Most retried first, then most operations, then names. */
  readonly rows: readonly AttemptRow[];
}

/** Target requests with a view from the caller's side: the sum of the four. */
export interface AgreementFigures {
  readonly bothFine: number;
  readonly bothFailed: number;
  /** The caller says failed, the service says fine. */
  readonly callerOnly: number;
  /** The service says failed, the caller says fine. */
  readonly serviceOnly: number;
  /** Of callerOnly: both bear the same HTTP status 400–499, which the rules count on the caller's side only. */
  readonly callerOnlyBy4xx: number;
}

export interface AgreementRow extends AgreementFigures {
  readonly caller: ServiceRef;
  /** Of the target. */
  readonly endpoint: string;
}

export interface DisagreementAnswer extends AgreementFigures {
  readonly target: Target;
  readonly found: boolean;
  /** Target requests that no CLIENT span called, or whose is missing. */
  readonly withoutView: number;
  /** Those that disagree; most first, then names. */
  readonly rows: readonly AgreementRow[];
  /** HTTP statuses of both sides where they disagree; null: none. Most first; at most 50. */
  readonly statuses: readonly {
    readonly failed: 'caller' | 'service';
    readonly callerStatus: number | null;
    readonly serviceStatus: number | null;
    readonly requests: number;
  }[];
}
