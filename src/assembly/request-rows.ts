import { growableF64, growableU32, growableU8 } from '../columns/growable.ts';
import { isFailed } from '../failure/decide.ts';
import type { RequestOutcome, Side } from '../failure/decide.ts';
import { NO_GRPC_STATUS, parseGrpcStatus } from '../failure/grpc-status.ts';
import type { StatusCode } from '../model/span.ts';
import { perText } from './dataset-texts.ts';
import { numberPerSet } from './per-fact-set.ts';
import type { SpanExceptions } from './exceptions.ts';
import { STATUS_ESCAPED, STATUS_EXCEPTION } from './request-table.ts';
import type { SpanTable } from './span-table.ts';

/** One request to be added; numbers are dataset text numbers where they stand for text. */
export interface NewRequest {
  /** The span that stands for it. */
  readonly span: number;
  readonly service: number;
  readonly endpoint: number;
  readonly instance: number;
  readonly side: Side;
}

/** Grows the columns of requests whose service, name and outcome are known; callers come later. */
export class RequestRows {
  readonly service = growableU32();
  readonly endpoint = growableU32();
  readonly instance = growableU32();
  readonly starts = growableU32();
  readonly durations = growableF64();
  readonly failed = growableU8();
  readonly kind = growableU8();
  readonly status = growableU8();
  readonly httpStatus = growableU32();
  readonly grpcStatus = growableU8();
  readonly span = growableU32();
  readonly #table: SpanTable;
  readonly #exceptions: SpanExceptions;
  readonly #outcome: (row: number) => RequestOutcome;

  constructor(table: SpanTable, exceptions: SpanExceptions) {
    this.#table = table;
    this.#exceptions = exceptions;
    this.#outcome = outcomeReader(table, exceptions.escaped);
  }

  get count(): number {
    return this.service.length;
  }

  /** Gives the row. */
  add(request: NewRequest): number {
    const { span } = request;
    const outcome = this.#outcome(span);
    this.service.push(request.service);
    this.endpoint.push(request.endpoint);
    this.instance.push(request.instance);
    this.starts.push(this.#table.starts[span * 2]);
    this.starts.push(this.#table.starts[span * 2 + 1]);
    this.durations.push(this.#table.durations[span] || 0);
    this.failed.push(isFailed(outcome, request.side) ? 1 : 0);
    this.kind.push(this.#table.kinds[span]);
    this.status.push(this.statusBits(span, outcome));
    this.httpStatus.push(outcome.httpStatus);
    this.grpcStatus.push(outcome.grpcStatus);
    this.span.push(span);
    return this.count - 1;
  }

  /** What the span that stands for the request says about how it went. */
  outcome(row: number): RequestOutcome {
    return this.#outcome(this.span.values[row]);
  }

  outcomeOf(span: number): RequestOutcome {
    return this.#outcome(span);
  }

  /** As in column `status`. */
  statusBits(span: number, outcome: RequestOutcome): number {
    const carries = this.#exceptions.carries(span) ? STATUS_EXCEPTION : 0;
    return outcome.status | (outcome.escaped ? STATUS_ESCAPED : 0) | carries;
  }
}

/** Reads what a span says about how it went. */
function outcomeReader(table: SpanTable, escapedSpans: Uint8Array): (row: number) => RequestOutcome {
  const httpStatus = perText((text) => {
    const status = /^\d+$/.test(text.trim()) ? Number(text) : 0;
    return status <= 65_535 ? status : 0;
  }, table.texts);
  const grpcStatus = perText(parseGrpcStatus, table.texts);
  const speaksGrpc = perText((system) => system === '' || system === 'grpc', table.texts);
  const http = numberPerSet(table, (row) => httpStatus(table.value(row, 'httpStatus')));
  const grpc = numberPerSet(table, (row) => {
    const rpcStatus = table.value(row, 'rpcStatus');
    const ownStatus =
      rpcStatus !== 0 && speaksGrpc(table.value(row, 'rpcSystem'))
        ? rpcStatus
        : table.value(row, 'grpcStatus');
    return ownStatus === 0 ? NO_GRPC_STATUS : grpcStatus(ownStatus);
  });
  return (row) => ({
    status: table.statuses[row] as StatusCode,
    httpStatus: http(row),
    grpcStatus: grpc(row),
    escaped: escapedSpans[row] === 1,
  });
}
