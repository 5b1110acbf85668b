/** SEMANTICS.md §1: records → spans. Identity, duplicates, shared pairs, parents, links, loops. */
import type {
  AttributeValue,
  Attributes,
  Span,
  SpanEvent,
  SpanKind,
  SpanLink,
  StatusCode,
} from '../../src/model/span.ts';
import { textOf } from './attributes.ts';
import { groupBy } from './group.ts';

/** A span after merging. `parent` and `linked` are resolved, after loops were cut. */
export interface MergedSpan {
  /** Position of its first record. */
  readonly order: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly serviceNamespace: string;
  readonly serviceName: string;
  /** Null also where the span names itself. */
  parentSpanId: string | null;
  name: string;
  kind: SpanKind;
  startUnixNano: bigint | null;
  /** ns; 0 where the end is before the start. */
  durationNs: number | null;
  endBeforeStart: boolean;
  status: StatusCode;
  statusMessage: string;
  shared: boolean;
  resource: Map<string, AttributeValue>;
  attributes: Map<string, AttributeValue>;
  events: readonly SpanEvent[];
  links: readonly SpanLink[];
  parent: MergedSpan | null;
  /** The span of the first link that is in the data; only where there is no parent in the data. */
  linked: MergedSpan | null;
  /** A loop was cut here. */
  cut: boolean;
}

export interface SpanCounts {
  readonly records: number;
  readonly spans: number;
  readonly duplicates: number;
  readonly orphans: number;
  readonly brokenParents: number;
  readonly clockProblems: number;
  readonly linksNotFound: number;
  readonly loopsCut: number;
  readonly spansWithoutTime: number;
  readonly spansWithoutDuration: number;
  readonly traces: number;
}

export interface MergedSpans {
  /** In file order of their first records. */
  readonly spans: readonly MergedSpan[];
  readonly counts: SpanCounts;
}

export function isClientLike(span: { readonly kind: SpanKind }): boolean {
  return span.kind === 3 || span.kind === 4;
}

export function sameService(a: MergedSpan, b: MergedSpan): boolean {
  return a.serviceNamespace === b.serviceNamespace && a.serviceName === b.serviceName;
}

/** The span whose request is the caller, if this span opens one (§5). */
export function callerSpan(span: MergedSpan): MergedSpan | null {
  return span.parent ?? span.linked;
}

/** `records` in canonical order: file order, then position. A negative durationNs is an end before its start. */
export function mergeSpans(asWritten: readonly Span[]): MergedSpans {
  const records = joinShortTraceIds(asWritten);
  const { spans, orphans } = joinRecords(records);
  const byId = groupBy(spans, (span) => idOf(span));
  for (const span of spans) span.parent = findParent(span, byId);
  const brokenParents = spans.filter((span) => span.parentSpanId !== null && span.parent === null).length;
  let linksNotFound = 0;
  for (const span of spans) {
    const targets = span.links.map((link) => pick(span, byId.get(`${link.traceId}:${link.spanId}`) ?? []));
    linksNotFound += targets.filter((target) => target === null).length;
    if (span.parent === null) span.linked = targets.find((target) => target !== null) ?? null;
  }
  const loopsCut = cutLoops(spans);
  const counts: SpanCounts = {
    records: records.length,
    spans: spans.length,
    duplicates: records.length - spans.length - orphans,
    orphans,
    brokenParents,
    clockProblems: spans.filter((span) => span.endBeforeStart).length,
    linksNotFound,
    loopsCut,
    spansWithoutTime: spans.filter((span) => span.startUnixNano === null).length,
    spansWithoutDuration: spans.filter((span) => span.durationNs === null).length,
    traces: new Set(spans.map((span) => span.traceId)).size,
  };
  return { spans, counts };
}

/** A 64-bit trace id joins the one 128-bit id of the data that has the same lower half. */
function joinShortTraceIds(records: readonly Span[]): Span[] {
  const isShort = (id: string): boolean => id.startsWith('0'.repeat(16));
  const fullIds = groupBy(
    [...new Set(records.map((record) => record.traceId))].filter((id) => !isShort(id)),
    (id) => id.slice(16),
  );
  const joined = (id: string): string => {
    const candidates = fullIds.get(id.slice(16)) ?? [];
    return isShort(id) && candidates.length === 1 ? (candidates[0] ?? id) : id;
  };
  return records.map((record) => ({
    ...record,
    traceId: joined(record.traceId),
    links: record.links.map((link) => ({ ...link, traceId: joined(link.traceId) })),
  }));
}

function idOf(span: MergedSpan): string {
  return `${span.traceId}:${span.spanId}`;
}

function joinRecords(records: readonly Span[]): { spans: MergedSpan[]; orphans: number } {
  const spans: MergedSpan[] = [];
  const byIdAndService = new Map<string, MergedSpan[]>();
  records.forEach((record, order) => {
    if (record.partial) return;
    const fresh = fromRecord(record, order);
    const key = JSON.stringify([record.traceId, record.spanId, fresh.serviceNamespace, fresh.serviceName]);
    const known = byIdAndService.get(key) ?? [];
    const same = findSame(record.kind, known);
    if (same) complete(same, fresh);
    else {
      spans.push(fresh);
      byIdAndService.set(key, [...known, fresh]);
    }
  });
  const byId = groupBy(spans, (span) => idOf(span));
  let orphans = 0;
  records.forEach((record, order) => {
    if (!record.partial) return;
    const addition = fromRecord(record, order);
    const sides = byId.get(idOf(addition)) ?? [];
    const owner = sides.find((span) => !isClientLike(span)) ?? sides[0];
    if (!owner) orphans++;
    else {
      const events = [...owner.events, ...addition.events];
      // Where it was noticed is not where the span ran.
      complete(owner, { ...addition, resource: new Map() });
      owner.events = events;
    }
  });
  return { spans, orphans };
}

/** Without a kind: the first, so that a file dropped twice joins as it did the first time. */
function findSame(kind: SpanKind, known: readonly MergedSpan[]): MergedSpan | undefined {
  if (kind === 0) return known[0];
  const sameSide = known.find((span) => span.kind !== 0 && isClientLike(span) === isClientLike({ kind }));
  return sameSide ?? known.find((span) => span.kind === 0);
}

/** The resource's; of one that names none the span's own. */
function serviceIn({ resource, attributes }: Span): Pick<MergedSpan, 'serviceNamespace' | 'serviceName'> {
  const place = [resource.attributes, attributes].find((map) => textOf(map.get('service.name')) !== '');
  return {
    serviceNamespace:
      (place && textOf(place.get('service.namespace'))) ||
      textOf(resource.attributes.get('service.namespace')),
    serviceName: place ? textOf(place.get('service.name')) : 'unknown_service',
  };
}

function fromRecord(record: Span, order: number): MergedSpan {
  const resource = record.resource.attributes;
  return {
    order,
    traceId: record.traceId,
    spanId: record.spanId,
    ...serviceIn(record),
    parentSpanId: record.parentSpanId === record.spanId ? null : record.parentSpanId,
    name: record.name,
    kind: record.kind,
    startUnixNano: record.startUnixNano,
    durationNs: record.durationNs === null ? null : Math.max(0, record.durationNs),
    endBeforeStart: (record.durationNs ?? 0) < 0,
    status: record.status,
    statusMessage: record.statusMessage,
    shared: record.shared,
    resource: new Map(resource),
    attributes: new Map(record.attributes),
    events: record.events,
    links: record.links,
    parent: null,
    linked: null,
    cut: false,
  };
}

function complete(span: MergedSpan, later: MergedSpan): void {
  if (span.kind === 0) span.kind = later.kind;
  if (span.startUnixNano === null) span.startUnixNano = later.startUnixNano;
  if (span.durationNs === null) {
    span.durationNs = later.durationNs;
    span.endBeforeStart = later.endBeforeStart;
  }
  if (span.parentSpanId === null) span.parentSpanId = later.parentSpanId;
  if (span.status === 0) span.status = later.status;
  if (span.statusMessage === '') span.statusMessage = later.statusMessage;
  if (span.name === '') span.name = later.name;
  if (later.shared) span.shared = true;
  if (span.events.length === 0) span.events = later.events;
  if (span.links.length === 0) span.links = later.links;
  addMissing(span.attributes, later.attributes);
  addMissing(span.resource, later.resource);
}

function addMissing(into: Map<string, AttributeValue>, from: Attributes): void {
  for (const [key, value] of from) if (!into.has(key)) into.set(key, value);
}

/** Its own service's, else the server-like one, else the first; of several of one service the same order. */
function pick(from: MergedSpan, candidates: readonly MergedSpan[]): MergedSpan | null {
  const own = candidates.filter((candidate) => sameService(candidate, from));
  const eligible = own.length > 0 ? own : candidates;
  return eligible.find((candidate) => !isClientLike(candidate)) ?? eligible[0] ?? null;
}

/** The client halves under a server-like span's own id; [] for others. */
function clientHalves(span: MergedSpan, byId: ReadonlyMap<string, readonly MergedSpan[]>): MergedSpan[] {
  if (isClientLike(span)) return [];
  return (byId.get(idOf(span)) ?? []).filter(isClientLike);
}

function findParent(span: MergedSpan, byId: ReadonlyMap<string, readonly MergedSpan[]>): MergedSpan | null {
  const half = pick(span, clientHalves(span, byId));
  if (half) return half;
  if (span.parentSpanId === null) return null;
  return pick(span, byId.get(`${span.traceId}:${span.parentSpanId}`) ?? []);
}

/** Every span has at most one way up, so every loop can be found by walking up; each is cut once. */
function cutLoops(spans: readonly MergedSpan[]): number {
  let cuts = 0;
  const done = new Set<MergedSpan>();
  for (const start of spans) {
    const walk = new Set<MergedSpan>();
    let at: MergedSpan | null = start;
    while (at && !done.has(at) && !walk.has(at)) {
      walk.add(at);
      at = callerSpan(at);
    }
    if (at && walk.has(at)) {
      const steps = [...walk];
      const loop = steps.slice(steps.indexOf(at));
      const cutAt = loop.reduce((a, b) => (b.order < a.order ? b : a));
      cutAt.parent = null;
      cutAt.linked = null;
      cutAt.cut = true;
      cuts++;
    }
    for (const span of walk) done.add(span);
  }
  return cuts;
}
