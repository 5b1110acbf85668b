/** Failure rules in words. */
import { PRESET_LABELS } from '../../failure/rulesets.ts';
import type {
  FailureRule,
  Http4xx,
  RuleScope,
  Ruleset,
  RulesetPreset,
  ScopedPreset,
} from '../../model/ruleset.ts';

export const PRESET_HINTS: Readonly<Record<RulesetPreset, string>> = {
  headwater: 'Span status, then HTTP status, then gRPC status, then exceptions that escaped.',
  otel: 'Failed is what has the span status ERROR, and nothing else.',
  dynatrace: 'Span status, HTTP, gRPC, and any exception on the opening span.',
  http: 'HTTP status alone; the span status and exceptions decide nothing.',
};

export const HTTP_4XX_TITLES: Readonly<Record<Http4xx, string>> = {
  client: 'where the caller saw it',
  both: 'at the caller and at the server that answered it',
  none: 'never',
};

/** `in GET /cart of shop`; '' where a rule is about everything. */
export function describeScope({ service, endpoint }: RuleScope): string {
  const what = [endpoint, service?.name].filter((part) => part !== null && part !== undefined);
  return what.length === 0 ? '' : ` in ${what.join(' of ')}`;
}

export function describeRule(rule: FailureRule): string {
  const scope = describeScope(rule.scope);
  if (rule.kind === 'ignoreStatus') return `The span status decides nothing${scope}`;
  const verdict = rule.verdict === 'failure' ? 'is a failure' : 'is no failure';
  if (rule.kind === 'exception') return `An exception that holds “${rule.text}” ${verdict}${scope}`;
  const range = rule.from === rule.to ? `${rule.from}` : `${rule.from}–${rule.to}`;
  return `HTTP status ${range} ${verdict}${scope}`;
}

export function describePart({ scope, preset, http4xx }: ScopedPreset): string {
  const parts = [
    ...(preset === null ? [] : [PRESET_LABELS[preset]]),
    ...(http4xx === null ? [] : [`HTTP 4xx counts ${HTTP_4XX_TITLES[http4xx]}`]),
  ];
  return `${parts.join(', ')}${describeScope(scope) || ' everywhere'}`;
}

/** For the chip in the filter bar. */
export function describeRuleset({ preset, http4xx, scopes, rules }: Ruleset): string {
  const own = scopes.length + rules.length;
  return [
    `failure rules: ${PRESET_LABELS[preset]}`,
    ...(http4xx === 'client' ? [] : [`HTTP 4xx ${http4xx === 'none' ? 'never' : 'on both sides'}`]),
    ...(own === 0 ? [] : [`${own} ${own === 1 ? 'rule' : 'rules'} of your own`]),
  ].join(', ');
}
