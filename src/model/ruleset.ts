/**
 * The rules of what counts as failed, as people edit, store and share them (SEMANTICS §7, docs/figures.md).
 * Plain data: names, never numbers of rows.
 */
import type { ServiceRef } from './service.ts';

export const RULESET_PRESETS = ['headwater', 'otel', 'dynatrace', 'http'] as const;

/** What is looked at where no rule of the user's own fits. */
export type RulesetPreset = (typeof RULESET_PRESETS)[number];

export const HTTP_4XX_CHOICES = ['client', 'both', 'none'] as const;

/** On which side HTTP 400–499 is a failure: seen by the caller, by both, by nobody. */
export type Http4xx = (typeof HTTP_4XX_CHOICES)[number];

/** Which requests a rule is about; null: all. */
export interface RuleScope {
  readonly service: ServiceRef | null;
  readonly endpoint: string | null;
}

export type RuleVerdict = 'failure' | 'success';

export type FailureRule =
  /** HTTP status in [from, to], both included. */
  | {
      readonly kind: 'httpStatus';
      readonly scope: RuleScope;
      readonly from: number;
      readonly to: number;
      readonly verdict: RuleVerdict;
    }
  /** The exception of the request (`type: message`) holds the text, whatever the case of its letters. */
  | {
      readonly kind: 'exception';
      readonly scope: RuleScope;
      readonly text: string;
      readonly verdict: RuleVerdict;
    }
  /** The span status decides nothing, neither ERROR nor OK. */
  | { readonly kind: 'ignoreStatus'; readonly scope: RuleScope };

/** Another preset or treatment of 4xx for some requests; null: as everywhere. */
export interface ScopedPreset {
  readonly scope: RuleScope;
  readonly preset: RulesetPreset | null;
  readonly http4xx: Http4xx | null;
}

export interface Ruleset {
  readonly preset: RulesetPreset;
  readonly http4xx: Http4xx;
  /** The first that fits and says something wins. */
  readonly scopes: readonly ScopedPreset[];
  /** The first httpStatus or exception rule that fits wins, over everything else. */
  readonly rules: readonly FailureRule[];
}
