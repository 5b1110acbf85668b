/** Issue 4, item 7: failure rules, read anew from the spans of each request. */
import type { FailureRule, Ruleset, RuleScope } from '../../src/model/ruleset.ts';
import { exceptionOf, grpcStatus, httpStatus, NO_REASON } from './failed.ts';
import { idsOutOfException, idsOutOfMessage } from './ids-out.ts';
import { textOf } from './attributes.ts';
import type { Request } from './requests.ts';
import type { MergedSpan } from './spans.ts';

const OWN_FAULT = ['UNKNOWN', 'DEADLINE_EXCEEDED', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS'];

/** The reason why it failed under these rules; null: it did not. */
export function reasonUnder(request: Request, ruleset: Ruleset): string | null {
  const span = request.opening;
  const exception = exceptionOfRequest(request);
  const rules = ruleset.rules.filter((rule) => isAbout(rule.scope, request));
  const ruling = rules.find((rule) => fits(rule, httpStatus(span), exception));
  if (ruling && ruling.kind !== 'ignoreStatus') {
    if (ruling.verdict === 'success') return null;
    if (ruling.kind === 'httpStatus') return exception ?? `HTTP ${httpStatus(span)}`;
    return exception;
  }
  const ignoresStatus = rules.some((rule) => rule.kind === 'ignoreStatus');
  const side = request.inferred ? 'client' : 'server';
  const fails = failsBySignals(span, side, choices(ruleset, request), ignoresStatus);
  return fails ? (exception ?? otherReason(span)) : null;
}

/** How the calling span sees the request under these rules. */
export function callFailsUnder(request: Request, call: MergedSpan, ruleset: Ruleset): boolean {
  const rules = ruleset.rules.filter((rule) => isAbout(rule.scope, request));
  const ruling = rules.find((rule) => fits(rule, httpStatus(call), null));
  if (ruling && ruling.kind !== 'ignoreStatus') return ruling.verdict === 'failure';
  const ignoresStatus = rules.some((rule) => rule.kind === 'ignoreStatus');
  return failsBySignals(call, 'client', choices(ruleset, request), ignoresStatus);
}

function isAbout({ service, endpoint }: RuleScope, request: Request): boolean {
  const ofService =
    service === null || (service.name === request.service.name && service.type === request.service.type);
  return ofService && (endpoint === null || endpoint === request.endpoint);
}

function fits(rule: FailureRule, http: number | null, exception: string | null): boolean {
  if (rule.kind === 'httpStatus') return http !== null && http > 0 && http >= rule.from && http <= rule.to;
  if (rule.kind === 'ignoreStatus' || exception === null) return false;
  const text = exception.toLowerCase();
  const spellings = [rule.text.trim(), idsOutOfException(rule.text)].map((wanted) => wanted.toLowerCase());
  return rule.text.trim() !== '' && spellings.some((wanted) => text.includes(wanted));
}

type Choices = Pick<Ruleset, 'preset' | 'http4xx'>;

function choices(ruleset: Ruleset, request: Request): Choices {
  const scopes = ruleset.scopes.filter(({ scope }) => isAbout(scope, request));
  return {
    preset: scopes.map(({ preset }) => preset).find((preset) => preset !== null) ?? ruleset.preset,
    http4xx: scopes.map(({ http4xx }) => http4xx).find((http4xx) => http4xx !== null) ?? ruleset.http4xx,
  };
}

function failsBySignals(
  span: MergedSpan,
  side: 'client' | 'server',
  { preset, http4xx }: Choices,
  ignoresStatus: boolean,
): boolean {
  if (preset !== 'http' && !ignoresStatus && span.status !== 0) return span.status === 2;
  if (preset === 'otel') return false;
  const http = httpStatus(span) ?? 0;
  const counts4xx = side === 'server' ? http4xx === 'both' : http4xx !== 'none';
  if ((http >= 500 && http <= 599) || (counts4xx && http >= 400 && http <= 499)) return true;
  if (preset === 'http') return false;
  const grpc = grpcStatus(span);
  if (grpc !== null && (side === 'client' ? grpc !== 'OK' : OWN_FAULT.includes(grpc))) return true;
  if (preset === 'dynatrace') return exceptionOf(span) !== null || hasEscaped(span);
  return hasEscaped(span);
}

function hasEscaped(span: MergedSpan): boolean {
  return span.events.some(
    (event) => event.name === 'exception' && textOf(event.attributes.get('exception.escaped')) === 'true',
  );
}

/** Of the deepest span that has one; of equally deep ones the first in file order. */
export function exceptionOfRequest({ spans, opening }: Request): string | null {
  const depthOf = (span: MergedSpan): number => {
    let depth = 0;
    for (let at: MergedSpan | null = span; at && at !== opening; at = at.parent) depth++;
    return depth;
  };
  const bearers = spans.filter((span) => exceptionOf(span) !== null);
  const deepest = bearers.toSorted((a, b) => depthOf(b) - depthOf(a) || a.order - b.order)[0];
  const text = deepest ? exceptionOf(deepest) : null;
  return text === null ? null : idsOutOfException(text);
}

function otherReason(span: MergedSpan): string {
  const http = httpStatus(span);
  if (http !== null && http >= 400) return `HTTP ${http}`;
  const grpc = grpcStatus(span);
  if (grpc !== null && grpc !== 'OK') return `gRPC ${grpc}`;
  return idsOutOfMessage(span.statusMessage) || NO_REASON;
}
