/** Rulesets made ready for deciding: what holds for the requests of one service and endpoint. */
import type { ServiceRef } from '../model/service.ts';
import { exceptionWithoutIds } from './reason.ts';
import { PRESET_SIGNALS } from './rulesets.ts';
import type { PresetSignals } from './rulesets.ts';
import type { FailureRule, Ruleset, RuleScope } from '../model/ruleset.ts';

export type DecidingRule = Exclude<FailureRule, { kind: 'ignoreStatus' }>;

export interface Policy extends PresetSignals {
  /** Lowest HTTP status that fails, by side; up to 599. */
  readonly httpFrom: Readonly<Record<'server' | 'client', number>>;
  readonly rules: readonly DecidingRule[];
}

/** The policy of every service and endpoint; null endpoint: of those that no rule names. */
export function policyFinder(
  ruleset: Ruleset,
  services: readonly ServiceRef[],
  texts: readonly string[],
): (service: number, endpoint: number) => Policy {
  const scopes = [...ruleset.scopes, ...ruleset.rules].map(({ scope }) => scope);
  const namesEndpoints = services.map((service) =>
    scopes.some((scope) => scope.endpoint !== null && fitsService(scope, service)),
  );
  const ofService: Policy[] = [];
  const ofEndpoint = new Map<number, Policy>();
  return (service, endpoint) => {
    if (!namesEndpoints[service]) return (ofService[service] ??= compile(ruleset, services[service], null));
    const key = service * texts.length + endpoint;
    let policy = ofEndpoint.get(key);
    if (!policy) ofEndpoint.set(key, (policy = compile(ruleset, services[service], texts[endpoint])));
    return policy;
  };
}

function fitsService(scope: RuleScope, service: ServiceRef): boolean {
  return (
    scope.service === null || (scope.service.name === service.name && scope.service.type === service.type)
  );
}

function compile(ruleset: Ruleset, service: ServiceRef, endpoint: string | null): Policy {
  const fits = ({ scope }: { scope: RuleScope }): boolean =>
    fitsService(scope, service) && (scope.endpoint === null || scope.endpoint === endpoint);
  const scopes = ruleset.scopes.filter(fits);
  const preset = scopes.find((scope) => scope.preset !== null)?.preset ?? ruleset.preset;
  const http4xx = scopes.find((scope) => scope.http4xx !== null)?.http4xx ?? ruleset.http4xx;
  const rules = ruleset.rules.filter(fits);
  const signals = PRESET_SIGNALS[preset];
  return {
    ...signals,
    status: signals.status && !rules.some(({ kind }) => kind === 'ignoreStatus'),
    httpFrom: { server: http4xx === 'both' ? 400 : 500, client: http4xx === 'none' ? 500 : 400 },
    rules: rules.filter((rule) => rule.kind !== 'ignoreStatus'),
  };
}

/** Whether an exception's text holds a rule's. The data's has its ids taken out: so may the rule's be. */
export function holdsText(exception: string, wanted: string): boolean {
  const text = exception.toLowerCase();
  const whole = wanted.trim().toLowerCase();
  if (text === '' || whole === '') return false;
  return text.includes(whole) || text.includes(exceptionWithoutIds(wanted).toLowerCase());
}
