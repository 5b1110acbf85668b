/** SEMANTICS.md §§2–5, 7: spans → requests with service, endpoint, caller, end, failure and reason. */
import type { ChainEnd, ServiceRef } from '../../src/model/service.ts';
import type { Span } from '../../src/model/span.ts';
import { endpointOf, topmostOfApplication, userActionName } from './endpoints.ts';
import { isFailed, reasonOf } from './failed.ts';
import { groupBy } from './group.ts';
import { inferTarget, isCallLike, queue } from './inferred.ts';
import type { InferredTarget } from './inferred.ts';
import { instanceOf, nameServices, UNKNOWN_INSTANCE, type ServiceOf } from './services.ts';
import {
  callerSpan,
  isClientLike,
  mergeSpans,
  sameService,
  type MergedSpan,
  type SpanCounts,
} from './spans.ts';

export interface Request {
  readonly service: ServiceRef;
  readonly inferred: boolean;
  readonly endpoint: string;
  readonly instance: string;
  /** The span that opened it; of an inferred request the outermost span of the call. */
  readonly opening: MergedSpan;
  /** In file order; of an inferred request the opening span alone. */
  readonly spans: readonly MergedSpan[];
  readonly startUnixNano: bigint | null;
  /** ns; 0 where the span bears no duration. */
  readonly durationNs: number;
  readonly failed: boolean;
  /** Null where it did not fail. */
  readonly reason: string | null;
  caller: Request | null;
  /** Null where it has a caller. */
  readonly end: ChainEnd | null;
}

export interface ReferenceData {
  /** Traced ones in file order, then queues between, then inferred ones. */
  readonly requests: readonly Request[];
  readonly counts: SpanCounts;
  /** Hosts that calls which reached a traced service were sent to. */
  readonly tracedAddresses: ReadonlySet<string>;
  readonly requestOf: ReadonlyMap<MergedSpan, Request>;
}

/** The spans of the data and how they hang together, while requests are being made. */
interface Assembly {
  readonly serviceOf: ServiceOf;
  readonly childrenOf: ReadonlyMap<MergedSpan | null, readonly MergedSpan[]>;
  readonly requestOf: Map<MergedSpan, Request>;
  /** Spans that are the caller span of a span that opens a request. */
  readonly callerSpans: Set<MergedSpan>;
}

export function assemble(records: readonly Span[]): ReferenceData {
  const { spans, counts } = mergeSpans(records);
  const assembly: Assembly = {
    serviceOf: nameServices(spans),
    childrenOf: groupBy(spans, (span) => span.parent),
    requestOf: new Map(),
    callerSpans: new Set(),
  };
  const traced = spans.filter(opensRequest).map((opening) => openRequest(opening, assembly));
  const queues = linkCallers(traced, assembly);
  const inferred = traced.flatMap((request) => inferRequests(request, assembly));
  return {
    requests: [...traced, ...queues, ...inferred],
    counts,
    tracedAddresses: new Set(traced.flatMap((request) => addressesOfTracedCalls(request, assembly))),
    requestOf: assembly.requestOf,
  };
}

export function opensRequest(span: MergedSpan): boolean {
  const { parent } = span;
  if (parent === null || !sameService(parent, span)) return true;
  return (span.kind === 2 || span.kind === 5) && isClientLike(parent);
}

/** The spans at and below `top` in the same request, breadth first, siblings in file order. */
function withinRequest(top: MergedSpan, assembly: Assembly): MergedSpan[] {
  const found = [top];
  for (const span of found) {
    for (const child of assembly.childrenOf.get(span) ?? []) if (!opensRequest(child)) found.push(child);
  }
  return found;
}

function openRequest(opening: MergedSpan, assembly: Assembly): Request {
  const service = assembly.serviceOf(opening);
  const breadthFirst = withinRequest(opening, assembly);
  const isApplication = service.type === 'application';
  const failed = isFailed(opening, 'server');
  const request: Request = {
    service,
    inferred: false,
    endpoint: isApplication ? userActionName(topmostOfApplication(opening)) : endpointOf(opening),
    instance: instanceOf(opening),
    opening,
    spans: breadthFirst.toSorted((a, b) => a.order - b.order),
    startUnixNano: opening.startUnixNano,
    durationNs: opening.durationNs ?? 0,
    failed,
    reason: failed ? reasonOf(opening, deepestFirst(opening, breadthFirst)) : null,
    caller: null,
    end: isApplication ? 'userAction' : callerSpan(opening) ? null : endWithoutCaller(opening),
  };
  for (const span of breadthFirst) assembly.requestOf.set(span, request);
  return request;
}

function deepestFirst(opening: MergedSpan, breadthFirst: readonly MergedSpan[]): MergedSpan[] {
  const depth = new Map<MergedSpan, number>();
  for (const span of breadthFirst) {
    depth.set(span, span === opening || !span.parent ? 0 : (depth.get(span.parent) ?? 0) + 1);
  }
  const depthOf = (span: MergedSpan): number => depth.get(span) ?? 0;
  return breadthFirst.toSorted((a, b) => depthOf(b) - depthOf(a) || a.order - b.order);
}

/** A shared server half never gets here with its client half in the data: that is its parent (or it was cut). */
function endWithoutCaller(opening: MergedSpan): ChainEnd {
  const namesCaller = opening.cut || opening.parentSpanId !== null || opening.links.length > 0;
  const lostHalf = opening.shared && !isClientLike(opening);
  return namesCaller || lostHalf ? 'callerMissing' : 'entryPoint';
}

/** Sets the callers of traced requests; returns the queues between producers and consumers. */
function linkCallers(traced: readonly Request[], assembly: Assembly): Request[] {
  const queues = new Map<string, Request>();
  for (const request of traced) {
    const span = callerSpan(request.opening);
    if (span === null || request.service.type === 'application') continue;
    assembly.callerSpans.add(span);
    const caller = assembly.requestOf.get(span) ?? null;
    if (request.opening.kind === 5 && span.kind === 4 && caller) {
      const target = queueBetween(span, caller, request.opening, assembly);
      const key = JSON.stringify([span.order, target.service.name]);
      const between = queues.get(key) ?? inferredRequest(span, target, caller);
      queues.set(key, between);
      request.caller = between;
    } else request.caller = caller;
  }
  return [...queues.values()];
}

/** Named by the call's span, by the producer and what is below it, by the call's nest, by the consumer's destination. */
function queueBetween(
  producer: MergedSpan,
  caller: Request,
  consumer: MergedSpan,
  assembly: Assembly,
): InferredTarget {
  const call = outermostCall(producer, caller);
  const sender = nestOf(producer, assembly);
  return queue(sender, [[call], sender, nestOf(call, assembly)], [consumer]);
}

/** The outermost call-like span at or above `span`; the opening span hides nothing below it. */
function outermostCall(span: MergedSpan, request: Request): MergedSpan {
  let outermost = span;
  for (let at: MergedSpan | null = span; at && at !== request.opening; at = at.parent) {
    if (isCallLike(at)) outermost = at;
  }
  return outermost;
}

function nestOf(call: MergedSpan, assembly: Assembly): MergedSpan[] {
  return withinRequest(call, assembly).filter(isCallLike);
}

function outgoingCalls(request: Request): MergedSpan[] {
  const callLike = request.spans.filter(isCallLike);
  return callLike.filter((span) =>
    span === request.opening ? callLike.length === 1 : outermostCall(span, request) === span,
  );
}

function isTraced(call: MergedSpan, assembly: Assembly): boolean {
  return withinRequest(call, assembly).some((span) => assembly.callerSpans.has(span));
}

function inferRequests(request: Request, assembly: Assembly): Request[] {
  return outgoingCalls(request).flatMap((call) => {
    if (isTraced(call, assembly)) return [];
    const target = inferTarget(nestOf(call, assembly));
    return target === null ? [] : [inferredRequest(call, target, request)];
  });
}

function inferredRequest(span: MergedSpan, target: InferredTarget, caller: Request): Request {
  const failed = isFailed(span, 'client');
  return {
    service: target.service,
    inferred: true,
    endpoint: target.endpoint,
    instance: UNKNOWN_INSTANCE,
    opening: span,
    spans: [span],
    startUnixNano: span.startUnixNano,
    durationNs: span.durationNs ?? 0,
    failed,
    reason: failed ? reasonOf(span, [span]) : null,
    caller,
    end: null,
  };
}

/** For "called here, but its span is missing": which address stands for a traced service. */
function addressesOfTracedCalls(request: Request, assembly: Assembly): string[] {
  return outgoingCalls(request)
    .filter((call) => isTraced(call, assembly))
    .map((call) => inferTarget(nestOf(call, assembly)))
    .filter(
      (target) => target !== null && target.service.type !== 'database' && target.service.type !== 'queue',
    )
    .map((target) => target?.service.name ?? '');
}
