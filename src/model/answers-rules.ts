/** What other failure rules would change, before they are applied. Counts. */
import type { ServiceRef } from './service.ts';

export interface RuleChange {
  readonly requests: number;
  readonly failedBefore: number;
  readonly failedAfter: number;
  /** failedAfter = failedBefore + becameFailed − becameFine */
  readonly becameFailed: number;
  readonly becameFine: number;
}

export interface ServiceRuleChange extends RuleChange {
  readonly service: ServiceRef;
}

/** Requests that change sides, by the reason that they have on the failed side. */
export interface ReasonRuleChange {
  readonly service: ServiceRef;
  readonly reason: string;
  readonly becomes: 'failed' | 'fine';
  readonly requests: number;
}

export interface RulesPreview extends RuleChange {
  /** Those that change; most changed requests first, then names. */
  readonly services: readonly ServiceRuleChange[];
  /** Most requests first; at most 100. */
  readonly reasons: readonly ReasonRuleChange[];
}
