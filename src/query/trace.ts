import { END_CODES, NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { NONE } from '../assembly/span-table.ts';
import type { ClockMark, TraceAnswer, TraceRequest, TraceSpan } from '../model/answers-spans.ts';
import type { ServiceRef } from '../model/service.ts';
import { KIND_CONSUMER, KIND_PRODUCER } from '../model/span.ts';
import type { Span } from '../model/span.ts';
import { carriesException } from './exceptions-of-span.ts';
import { tracedRequests } from './span-forest.ts';
import type { SpanData, SpanForest } from './span-forest.ts';
import { traceForest } from './trace-forest.ts';
import { requestIds, traceNumber, UNKNOWN_TRACE } from './trace-records.ts';
import { timedSpans } from './timed-spans.ts';
import type { TimedSpans } from './timed-spans.ts';

/** Events of a span whose times are told. */
const MOST_EVENTS = 50;

/** All spans of one trace as a tree, their requests, and the critical path (docs/figures.md, Traces). */
export async function describeTrace(data: SpanData, traceId: string): Promise<TraceAnswer> {
  const number = traceNumber(data.table, traceId);
  if (number === UNKNOWN_TRACE) {
    return { found: false, traceId, spans: [], requests: [], start: null, durationNs: 0, leftOut: 0 };
  }
  const { forest, leftOut } = await traceForest(data, number);
  const timed = timedSpans(forest);
  const requests = new TraceRequests(data.table, forest, timed);
  requests.addOpened();
  const inferred = requests.addInferred();
  return {
    found: true,
    traceId,
    spans: timed.order.map((row) => describeSpan(data.table, forest, timed, requests, inferred, row)),
    requests: requests.list,
    start: timed.start,
    durationNs: timed.durationNs,
    leftOut,
  };
}

function describeSpan(
  table: RequestTable,
  forest: SpanForest,
  timed: TimedSpans,
  requests: TraceRequests,
  inferred: ReadonlyMap<number, number>,
  row: number,
): TraceSpan {
  const span = forest.spanAt(row);
  const parent = forest.tree.parent[row];
  const requestRow = forest.requestOf[row];
  const request = requests.placeOf(requestRow);
  const record = forest.records[row];
  return {
    record,
    spanId: span.spanId,
    parent: parent === NONE ? null : timed.placeOf[parent],
    parentMissing: parent === NONE && span.parentSpanId !== null && span.parentSpanId !== span.spanId,
    depth: timed.depth[row],
    service: requestRow === NONE ? unknownService(forest, row) : table.services[table.service[requestRow]],
    name: span.name,
    kind: span.kind,
    startNs: Number.isNaN(timed.starts[row]) ? null : timed.starts[row],
    durationNs: span.durationNs,
    status: span.status,
    exception: carriesException(span),
    events: eventTimes(span, timed.start),
    request,
    opens: requestRow !== NONE && table.span[requestRow] === record,
    inferred: inferred.get(row) ?? null,
    critical: timed.critical(row),
    clock: clockMarks(forest, timed, row),
  };
}

function eventTimes({ events }: Span, start: bigint | null): number[] {
  return events
    .slice(0, MOST_EVENTS)
    .flatMap(({ timeUnixNano }) =>
      timeUnixNano === null || start === null ? [] : [Number(timeUnixNano - start)],
    );
}

function unknownService({ table }: SpanForest, row: number): ServiceRef {
  return { name: table.resourceTable.services[table.service(row)].name, type: 'service' };
}

function clockMarks({ table, tree }: SpanForest, { starts, ends }: TimedSpans, row: number): ClockMark[] {
  const marks: ClockMark[] = [];
  const parent = tree.parent[row];
  if (Number.isNaN(starts[row])) marks.push('no time');
  if (table.reversed[row]) marks.push('ends before it starts');
  if (parent !== NONE && starts[row] < starts[parent]) marks.push('starts before its parent');
  // A consumer works after its producer has gone on.
  const isAsync =
    table.kinds[row] === KIND_CONSUMER || (parent !== NONE && table.kinds[parent] === KIND_PRODUCER);
  if (parent !== NONE && !isAsync && ends[row] > ends[parent]) marks.push('ends after its parent');
  return marks;
}

/** The requests of a trace and those that their chains lead over, by their place in the answer. */
class TraceRequests {
  readonly list: TraceRequest[] = [];
  readonly #table: RequestTable;
  readonly #forest: SpanForest;
  readonly #timed: TimedSpans;
  readonly #places = new Map<number, number>();

  constructor(table: RequestTable, forest: SpanForest, timed: TimedSpans) {
    this.#table = table;
    this.#forest = forest;
    this.#timed = timed;
  }

  placeOf(requestRow: number): number | null {
    return this.#places.get(requestRow) ?? null;
  }

  addOpened(): void {
    for (const row of this.#timed.order) {
      const request = this.#forest.requestOf[row];
      if (request !== NONE) this.#add(request);
    }
  }

  /** Inferred requests by the row of the span that stands for each. */
  addInferred(): Map<number, number> {
    const table = this.#table;
    const byRow = new Map<number, number>();
    const trace = table.recordTrace[this.#forest.records[0]];
    for (let request = tracedRequests(table); request < table.count; request++) {
      if (table.recordTrace[table.span[request]] !== trace) continue;
      const row = this.#forest.rowOf(table.span[request]);
      if (row === NONE) continue;
      this.#add(request);
      const place = this.#places.get(request);
      if (place !== undefined && !byRow.has(row)) byRow.set(row, place);
    }
    return byRow;
  }

  /** Callers go first; chains may be as deep as somebody's recursion. */
  #add(request: number): void {
    const missing: number[] = [];
    for (let at = request; at !== NO_CALLER && !this.#places.has(at); at = this.#table.caller[at])
      missing.push(at);
    for (const row of missing.reverse()) this.#places.set(row, this.list.push(this.#describe(row)) - 1);
  }

  #describe(row: number): TraceRequest {
    const { services, service, texts, endpoint, failed, reason, caller, ends, span } = this.#table;
    const opening = this.#forest.rowOf(span[row]);
    return {
      service: services[service[row]],
      endpoint: texts[endpoint[row]],
      failed: failed[row] === 1,
      reason: failed[row] ? texts[reason[row]] : '',
      caller: caller[row] === NO_CALLER ? null : (this.#places.get(caller[row]) ?? null),
      end: ends[row] === 0 ? null : END_CODES[ends[row] - 1],
      span: opening === NONE ? null : this.#timed.placeOf[opening],
      ...requestIds(this.#table, row),
    };
  }
}
