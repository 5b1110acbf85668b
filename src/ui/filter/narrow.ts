/** Views that are narrowed to some of their requests. */
import { linkTo } from '../../link/resolve.ts';
import type { ViewState } from '../../link/view-state.ts';
import type { ChainFilter, ChainPath } from '../../model/answers.ts';
import { throughChain } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import type {
  AttributeScope,
  Comparison,
  Condition,
  ConditionValue,
  Intrinsic,
} from '../../model/conditions.ts';
import type { ChainEnd, ServiceRef } from '../../model/service.ts';
import { ANY_MESSAGE, joinParts, partsOf } from './describe-filter.ts';

type Filters = Pick<ViewState, 'where' | 'chains'>;

export function compare(name: Intrinsic, comparison: Comparison, value: ConditionValue): Condition {
  return { kind: 'compare', field: { kind: 'intrinsic', name }, comparison, value };
}

export function textIs(name: Intrinsic, text: string): Condition {
  return compare(name, '=', { kind: 'text', text });
}

/** As a text; null: it is not set. */
export function attributeIs(scope: AttributeScope, key: string, value: string | null): Condition {
  return {
    kind: 'compare',
    field: { kind: 'attribute', scope, key },
    comparison: '=',
    value: value === null ? { kind: 'nil' } : { kind: 'text', text: value },
  };
}

/** null: it is not set. */
export function textOrNil(name: Intrinsic, text: string | null): Condition {
  return text === null ? compare(name, '=', { kind: 'nil' }) : textIs(name, text);
}

/** null: it bears none. */
export function httpStatusIs(status: number | null): Condition {
  return compare(
    'request:httpStatus',
    '=',
    status === null ? { kind: 'nil' } : { kind: 'number', number: status },
  );
}

/** Requests without a caller: their chain ends with them, in this way; null: in any. */
export function endsAs(end: ChainEnd | null): readonly Condition[] {
  return [textOrNil('request:caller', null), ...(end === null ? [] : [textIs('request:end', end)])];
}

/** Of that type, whatever its message. */
export function exceptionIs(type: string): Condition {
  const escaped = type.replaceAll(/[\\^$.*+?()[\]{}|]/g, (sign) => `\\${sign}`);
  return compare('request:exception', '=~', { kind: 'text', text: `${escaped}${ANY_MESSAGE}` });
}

/** The conditions are about the requests at the path: the target's own, or those of a caller on the chain. */
export function narrowTo(
  view: Filters,
  path: ChainPath,
  conditions: readonly Condition[],
): Partial<ViewState> {
  const here: Partial<ViewState> = { view: 'backtrace', evidence: null };
  if (path.length === 1) return { ...here, where: withParts(view.where, conditions) };
  const at = view.chains.findIndex((chain) => !chain.exclude && isSamePath(chain.path, path));
  const chain = at < 0 ? throughChain(path) : view.chains[at];
  const steps = path.map((_, step) => chain.steps[step] ?? null);
  steps[path.length - 1] = withParts(steps[path.length - 1], conditions);
  const narrowed: ChainFilter = { ...chain, steps };
  return {
    ...here,
    chains: at < 0 ? [...view.chains, narrowed] : view.chains.with(at, narrowed),
  };
}

/** Only requests that did not come through the chain; its step is then no longer there to be selected. */
export function excludeChain(view: Filters, path: ChainPath): Partial<ViewState> {
  const others = view.chains.filter((chain) => !isSamePath(chain.path, path));
  return { chains: [...others, { ...throughChain(path), exclude: true }], node: null, expanded: null };
}

/** The backtrace of other requests: those of the service that fit. */
export function backtraceFrom(service: ServiceRef, conditions: readonly Condition[]): Partial<ViewState> {
  return {
    view: 'backtrace',
    ...linkTo(service),
    endpoint: null,
    instance: null,
    chains: [],
    node: null,
    evidence: null,
    where: joinParts(conditions),
  };
}

/** Those that are there already are not said twice. */
function withParts(condition: Condition | null, added: readonly Condition[]): Condition | null {
  const parts = partsOf(condition);
  const known = new Set(parts.map((part) => JSON.stringify(part)));
  return joinParts([...parts, ...added.filter((part) => !known.has(JSON.stringify(part)))]);
}

export function isSamePath(a: ChainPath, b: ChainPath): boolean {
  return a.length === b.length && a.every((step, at) => step.name === b[at].name && step.type === b[at].type);
}

/** The view narrowed to the requests of a list. null: the list is no matter of conditions. */
export function narrowToEvidence(view: Filters, selection: EvidenceSelection): Partial<ViewState> | null {
  const { place, count, callee, fate, operation, agreement, start, where } = selection;
  const { side, orMissing, service, calling, cause, seen, waits } = selection;
  const others = [callee, fate, operation, agreement, side, orMissing, service, calling, cause, seen, waits];
  const ofTarget = count === 'calls' || count === 'failedCalls';
  const ofPlace = count === 'requests' || count === 'failedRequests';
  if (place.kind !== 'node' || others.some((part) => part !== undefined)) return null;
  if (selection.end === 'known') return null;
  const atTarget = place.path.length === 1;
  const needsTarget = start !== undefined || where !== undefined;
  if (!(ofPlace || (ofTarget && atTarget)) || (needsTarget && !atTarget)) return null;
  const failed = count === 'failedRequests' || count === 'failedCalls';
  const conditions = [
    ...(failed ? [compare('request:failed', '=', { kind: 'boolean', boolean: true })] : []),
    ...conditionsOf(selection),
    ...partsOf(selection.here ?? null),
    ...partsOf(where ?? null),
  ];
  const narrowed = narrowTo(view, place.path, conditions);
  const above = { ...narrowed, ...narrowToCallers({ ...view, ...narrowed }, place.path, selection) };
  return { ...above, ...(start && { ...start, last: null }) };
}

/** Who called the requests at the path, as chain filters. */
function narrowToCallers(
  view: Filters,
  path: ChainPath,
  { calledBy, chain }: EvidenceSelection,
): Partial<ViewState> {
  if (chain) return narrowTo(view, [...path, ...chain.slice(1)], endsAs(null));
  return calledBy ? narrowTo(view, [...path, calledBy], []) : {};
}

function conditionsOf({
  endpoint,
  instance,
  reason,
  httpStatus,
  durationNs,
  end,
}: EvidenceSelection): readonly Condition[] {
  return [
    ...(endpoint === undefined ? [] : [textIs('request:endpoint', endpoint)]),
    ...(instance === undefined ? [] : [textIs('request:instance', instance)]),
    ...(reason === undefined ? [] : [textIs('request:reason', reason)]),
    ...(httpStatus === undefined ? [] : [httpStatusIs(httpStatus === 0 ? null : httpStatus)]),
    ...(end === undefined ? [] : endsAs(end === 'any' || end === 'known' ? null : end)),
    ...(durationNs === undefined ? [] : durationWithin(durationNs)),
  ];
}

export function durationWithin({
  from,
  to,
}: {
  readonly from: number;
  readonly to: number | null;
}): readonly Condition[] {
  const bound = (comparison: Comparison, ns: number) =>
    compare('span:duration', comparison, { kind: 'duration', ns: Math.round(ns) });
  return [...(from > 0 ? [bound('>=', from)] : []), ...(to === null ? [] : [bound('<', to)])];
}
