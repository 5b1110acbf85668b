/** The sets of rules that there are by name, and what they look at (docs/figures.md, Failure rules). */
import type { RuleScope, Ruleset, RulesetPreset } from '../model/ruleset.ts';

/** The defaults of SEMANTICS §7. */
export const HEADWATER_RULES: Ruleset = { preset: 'headwater', http4xx: 'client', scopes: [], rules: [] };

export const EVERYWHERE: RuleScope = { service: null, endpoint: null };

/** The rules say nothing else than the defaults. */
export function isDefaultRuleset({ preset, http4xx, scopes, rules }: Ruleset): boolean {
  return preset === 'headwater' && http4xx === 'client' && scopes.length === 0 && rules.length === 0;
}

/** What a preset looks at, in this order; the first that decides wins. */
export interface PresetSignals {
  readonly status: boolean;
  readonly http: boolean;
  readonly grpc: boolean;
  /** Which exceptions fail a request: one that escaped, any that the opening span carries, or none. */
  readonly exception: 'escaped' | 'any' | 'none';
}

/**
 * otel: OpenTelemetry's span status alone (specification, Trace API, Set Status).
 * dynatrace: the default ruleset of failure detection v2: span status, HTTP, gRPC, exceptions; a status OK
 * forces success (docs.dynatrace.com, "Failure detection v2").
 */
export const PRESET_SIGNALS: Readonly<Record<RulesetPreset, PresetSignals>> = {
  headwater: { status: true, http: true, grpc: true, exception: 'escaped' },
  otel: { status: true, http: false, grpc: false, exception: 'none' },
  dynatrace: { status: true, http: true, grpc: true, exception: 'any' },
  http: { status: false, http: true, grpc: false, exception: 'none' },
};

export const PRESET_LABELS: Readonly<Record<RulesetPreset, string>> = {
  headwater: 'Headwater',
  otel: 'OpenTelemetry status only',
  dynatrace: 'Dynatrace',
  http: 'HTTP status only',
};
