import { growableU32 } from '../columns/growable.ts';
import type { ServiceRef, ServiceType } from '../model/service.ts';
import { KIND_CONSUMER, KIND_PRODUCER } from '../model/span.ts';
import { internChains } from './chains.ts';
import { endpointNames } from './endpoint.ts';
import { findExceptions } from './exceptions.ts';
import { CallReader } from './inferred-services.ts';
import type { InferredTarget } from './inferred-services.ts';
import { openRequests } from './open-requests.ts';
import type { OpenedRequests } from './open-requests.ts';
import { findCalls } from './outgoing-calls.ts';
import type { OutgoingCalls } from './outgoing-calls.ts';
import { END_CODES, NO_CALLER, REQUESTS_VERSION } from './request-table.ts';
import type { RequestTable } from './request-table.ts';
import { callOutcomes, whatWasSaid } from './request-failures.ts';
import { RequestRows } from './request-rows.ts';
import { instanceNames, tracedServices, UNKNOWN_INSTANCE } from './service-catalog.ts';
import { spanWeights } from './sampling.ts';
import type { SpanDirectory } from './span-directory.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';
import type { SpanTree } from './span-tree.ts';
import { TextColumn } from './text-column.ts';
import { tracedTwins } from './traced-twins.ts';
import { userActionName } from './user-action.ts';
import { countIds } from './user-ids.ts';

const USER_ACTION = 1 + END_CODES.indexOf('userAction');
const ENTRY_POINT = 1 + END_CODES.indexOf('entryPoint');
const CALLER_MISSING = 1 + END_CODES.indexOf('callerMissing');

/** Makes the requests of a dataset out of its spans (SEMANTICS §2–5, §7). */
export function buildRequests(table: SpanTable, tree: SpanTree): Omit<RequestTable, keyof SpanDirectory> {
  const services: ServiceRef[] = tracedServices(table);
  const isApplication = (service: number): boolean => services[service].type === 'application';
  const opened = openRequests(table, tree, isApplication);
  const calls = findCalls(table, tree, opened);
  const exceptions = findExceptions(table);
  const tracedCallers = new Int32Array(opened.openings.length);
  const inferred = new InferredRequests(table, services, tracedCallers.length);
  const reader = new CallReader(table);
  const queues = new QueuesBetween(table, opened, calls, reader, inferred);
  opened.callerSpan.forEach((span, request) => {
    if (span === NONE) tracedCallers[request] = NO_CALLER;
    else tracedCallers[request] = queues.between(span, opened.openings[request]) ?? opened.requestOf[span];
  });
  for (const span of calls.untraced) {
    const target = reader.infer(calls.nest(span));
    if (target) inferred.add(target, span, opened.requestOf[span]);
  }
  const rows = new RequestRows(table, exceptions, tracedCallers.length + inferred.count);
  setTraced(rows, table, tree, opened, isApplication);
  inferred.setRows(rows);
  const callers = new Int32Array(rows.count);
  callers.set(tracedCallers);
  callers.set(inferred.callers.seal(), tracedCallers.length);
  const ends = endsOf(rows, opened, tree, callers, isApplication);
  const said = whatWasSaid(rows, table, tree, opened, exceptions);
  const texts = new TextColumn(table.texts);
  return {
    version: REQUESTS_VERSION,
    count: rows.count,
    services,
    tracedTwins: tracedTwins(table, services, calls, opened, reader),
    service: rows.service,
    endpoint: texts.column(rows.endpoint),
    instance: texts.column(rows.instance),
    caller: callers,
    ends,
    starts: rows.starts,
    durations: rows.durations,
    failed: rows.failed,
    reason: texts.column(said.reason),
    kind: rows.kind,
    status: rows.status,
    httpStatus: rows.httpStatus,
    grpcStatus: rows.grpcStatus,
    exception: texts.column(said.exception),
    message: texts.column(said.message),
    ...callOutcomes(rows, table, opened),
    span: rows.span,
    weights: requestWeights(rows, table, tree),
    user: countIds('userId', table, opened, ends),
    session: countIds('sessionId', table, opened, ends),
    texts: texts.texts,
    ...internChains(rows.service, callers, services.length),
  };
}

function setTraced(
  rows: RequestRows,
  table: SpanTable,
  tree: SpanTree,
  opened: OpenedRequests,
  isApplication: (service: number) => boolean,
): void {
  const endpoint = endpointNames(table);
  const instance = instanceNames(table);
  opened.openings.forEach((span, row) => {
    const service = table.service(span);
    rows.set(row, {
      span,
      service,
      endpoint: isApplication(service)
        ? table.texts.numberOf(userActionName(table, tree, span))
        : endpoint(span),
      instance: instance(span),
      side: 'server',
    });
  });
}

/** Gathers the requests of services that are seen only through calls, and numbers these services. */
class InferredRequests {
  /** Caller of each inferred request; their rows follow the traced ones. */
  readonly callers = growableU32();
  readonly #spans = growableU32();
  readonly #serviceNumbers = growableU32();
  readonly #endpoints = growableU32();
  readonly #firstRow: number;
  readonly #table: SpanTable;
  readonly #services: ServiceRef[];
  /** By type and the text number of the name. */
  readonly #numbers = new Map<ServiceType, Map<number, number>>();

  /** `firstRow`: of the first inferred request. */
  constructor(table: SpanTable, services: ServiceRef[], firstRow: number) {
    this.#table = table;
    this.#services = services;
    this.#firstRow = firstRow;
  }

  get count(): number {
    return this.callers.length;
  }

  /** Gives the row. */
  add(target: InferredTarget, span: number, caller: number): number {
    this.#spans.push(span);
    this.#serviceNumbers.push(this.#numberOf(target));
    this.#endpoints.push(target.endpoint);
    this.callers.push(caller);
    return this.#firstRow + this.count - 1;
  }

  setRows(rows: RequestRows): void {
    const instance = this.#table.texts.numberOf(UNKNOWN_INSTANCE);
    for (let i = 0; i < this.count; i++) {
      rows.set(this.#firstRow + i, {
        span: this.#spans.values[i],
        service: this.#serviceNumbers.values[i],
        endpoint: this.#endpoints.values[i],
        instance,
        side: 'client',
      });
    }
  }

  #numberOf({ type, name }: InferredTarget): number {
    const named = this.#numbers.get(type) ?? new Map<number, number>();
    const known = named.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(type, named.set(name, this.#services.length));
    return this.#services.push({ name: this.#table.texts.text(name), type }) - 1;
  }
}

/** Queues that stand between a producer's and a consumer's request (SEMANTICS §4, last paragraphs). */
class QueuesBetween {
  readonly #table: SpanTable;
  readonly #opened: OpenedRequests;
  readonly #calls: OutgoingCalls;
  readonly #reader: CallReader;
  readonly #inferred: InferredRequests;
  readonly #rows = new Map<string, number>();

  constructor(
    table: SpanTable,
    opened: OpenedRequests,
    calls: OutgoingCalls,
    reader: CallReader,
    inferred: InferredRequests,
  ) {
    this.#table = table;
    this.#opened = opened;
    this.#calls = calls;
    this.#reader = reader;
    this.#inferred = inferred;
  }

  /** Row of the queue's request between a caller span and the opening span it led to; null: no queue there. */
  between(producer: number, consumer: number): number | null {
    const { kinds } = this.#table;
    if (kinds[consumer] !== KIND_CONSUMER || kinds[producer] !== KIND_PRODUCER) return null;
    const call = this.#calls.callOf[producer];
    const outermost = call === NONE ? producer : call;
    const sender = this.#calls.nest(producer);
    // The call's span first, as where nobody consumes: a queue has one name whether its consumer is traced or not.
    const nests = [[outermost], sender, this.#calls.nest(outermost)];
    const target = this.#reader.queue(sender, nests, [consumer]);
    const key = `${producer} ${target.name}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.#inferred.add(target, producer, this.#opened.requestOf[producer]);
    this.#rows.set(key, row);
    return row;
  }
}

function requestWeights(
  rows: RequestRows,
  table: SpanTable,
  { parent, order }: SpanTree,
): RequestTable['weights'] {
  const weights = spanWeights(table, parent, order);
  return weights && Float64Array.from(rows.span, (span) => weights[span]);
}

function endsOf(
  rows: RequestRows,
  opened: OpenedRequests,
  tree: SpanTree,
  caller: Int32Array,
  isApplication: (service: number) => boolean,
): Uint8Array<ArrayBuffer> {
  const ends = new Uint8Array(rows.count);
  opened.openings.forEach((span, request) => {
    if (isApplication(rows.service[request])) ends[request] = USER_ACTION;
    else if (caller[request] === NO_CALLER)
      ends[request] = tree.callerMissing[span] ? CALLER_MISSING : ENTRY_POINT;
  });
  return ends;
}
