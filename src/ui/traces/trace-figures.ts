/** What the waterfall shows of a trace besides its spans. */
import type { TraceAnswer, TraceRequest, TraceSpan } from '../../model/answers-spans.ts';
import type { ServiceRef } from '../../model/service.ts';

/** As many as traces.css has; further services share them. */
export const TRACE_COLORS = 10;

function keyOf({ name, type }: ServiceRef): string {
  return `${type} ${name}`;
}

/** Services of the spans in the order in which they appear, with their number of spans. */
export function servicesOf(spans: readonly TraceSpan[]): readonly { service: ServiceRef; spans: number }[] {
  const counts = new Map<string, { service: ServiceRef; spans: number }>();
  for (const { service } of spans) {
    const known = counts.get(keyOf(service));
    if (known) known.spans++;
    else counts.set(keyOf(service), { service, spans: 1 });
  }
  return [...counts.values()];
}

/** Number of a service's colour. */
export function colorFinder(spans: readonly TraceSpan[]): (service: ServiceRef) => number {
  const numbers = new Map(servicesOf(spans).map(({ service }, at) => [keyOf(service), at % TRACE_COLORS]));
  return (service) => numbers.get(keyOf(service)) ?? 0;
}

/** The chain of a request, its far end first. */
export function chainOf(answer: TraceAnswer, request: number | null): readonly TraceRequest[] {
  const chain: TraceRequest[] = [];
  for (let at = request; at !== null; at = answer.requests[at].caller) chain.push(answer.requests[at]);
  return chain.reverse();
}

/** Is a span part of a request on the chain of the selected span's? */
export function chainTest(answer: TraceAnswer, selected: number): (at: number) => boolean {
  const { request, inferred } = answer.spans[selected] ?? { request: null, inferred: null };
  const places = new Set<number | null>();
  for (let at = inferred ?? request; at !== null; at = answer.requests[at].caller) places.add(at);
  return (at) => places.has(answer.spans[at].request) || places.has(answer.spans[at].inferred);
}

/** Does the span open, or stand for, a failed request? */
export function isFailed(answer: TraceAnswer, span: TraceSpan): boolean {
  const own = span.opens && span.request !== null && answer.requests[span.request].failed;
  return own || (span.inferred !== null && answer.requests[span.inferred].failed);
}

/** It reports an error of its own, whatever became of its request. */
export function reportsError(span: TraceSpan): boolean {
  return span.status === 2 || span.exception;
}

/** Places of the spans that are marked: failed, or with an error of their own. */
export function markedSpans(answer: TraceAnswer): readonly number[] {
  return answer.spans.flatMap((span, at) => (isFailed(answer, span) || reportsError(span) ? [at] : []));
}

/** The marked span after or before a place, from the other end where there is none; null: none is marked. */
export function nextMarked(marked: readonly number[], at: number, step: 1 | -1): number | null {
  const next = step > 0 ? marked.find((one) => one > at) : marked.findLast((one) => one < at);
  return next ?? marked.at(step > 0 ? 0 : -1) ?? null;
}

/** Time on the critical path, ns. */
export function criticalNs(span: TraceSpan): number {
  return span.critical.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Left edge and width in the drawing as shares of the whole, 0..1. */
export function placeInTime(from: number, length: number, whole: number): { left: number; width: number } {
  if (whole <= 0) return { left: 0, width: 1 };
  const left = Math.min(1, Math.max(0, from / whole));
  return { left, width: Math.min(1 - left, length / whole) };
}

/** Instants with round numbers that part the duration into two to five pieces, ns. */
export function timeTicks(durationNs: number): readonly number[] {
  if (durationNs <= 0) return [0];
  const rough = durationNs / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const ticks: number[] = [];
  for (let at = 0; at < durationNs; at += step) ticks.push(at);
  return ticks;
}
