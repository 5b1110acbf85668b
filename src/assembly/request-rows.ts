import { isFailed } from '../failure/decide.ts';
import type { RequestOutcome, Side } from '../failure/decide.ts';
import { NO_GRPC_STATUS, parseGrpcStatus } from '../failure/grpc-status.ts';
import { STATUS_UNSET } from '../model/span.ts';
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

/** Fills the columns of requests whose service, name and outcome are known; callers come later. */
export class RequestRows {
  readonly count: number;
  readonly service: Uint32Array<ArrayBuffer>;
  readonly endpoint: Uint32Array<ArrayBuffer>;
  readonly instance: Uint32Array<ArrayBuffer>;
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly durations: Float64Array<ArrayBuffer>;
  readonly failed: Uint8Array<ArrayBuffer>;
  readonly kind: Uint8Array<ArrayBuffer>;
  readonly status: Uint8Array<ArrayBuffer>;
  readonly httpStatus: Uint16Array<ArrayBuffer>;
  readonly grpcStatus: Uint8Array<ArrayBuffer>;
  readonly span: Uint32Array<ArrayBuffer>;
  readonly #table: SpanTable;
  readonly #exceptions: SpanExceptions;
  readonly #outcome: (row: number) => RequestOutcome;

  constructor(table: SpanTable, exceptions: SpanExceptions, count: number) {
    this.count = count;
    this.service = new Uint32Array(count);
    this.endpoint = new Uint32Array(count);
    this.instance = new Uint32Array(count);
    this.starts = new Uint32Array(count * 2);
    this.durations = new Float64Array(count);
    this.failed = new Uint8Array(count);
    this.kind = new Uint8Array(count);
    this.status = new Uint8Array(count);
    this.httpStatus = new Uint16Array(count);
    this.grpcStatus = new Uint8Array(count);
    this.span = new Uint32Array(count);
    this.#table = table;
    this.#exceptions = exceptions;
    this.#outcome = outcomeReader(table, exceptions.escaped);
  }

  set(row: number, request: NewRequest): void {
    const { span } = request;
    const { starts, durations, kinds } = this.#table;
    const outcome = this.#outcome(span);
    this.service[row] = request.service;
    this.endpoint[row] = request.endpoint;
    this.instance[row] = request.instance;
    this.starts[row * 2] = starts[span * 2];
    this.starts[row * 2 + 1] = starts[span * 2 + 1];
    this.durations[row] = durations[span] || 0;
    this.failed[row] = isFailed(outcome, request.side) ? 1 : 0;
    this.kind[row] = kinds[span];
    this.status[row] = this.statusBits(span, outcome);
    this.httpStatus[row] = outcome.httpStatus;
    this.grpcStatus[row] = outcome.grpcStatus;
    this.span[row] = span;
  }

  /** What the span that stands for the request says about how it went; valid until the next one is asked for. */
  outcome(row: number): RequestOutcome {
    return this.#outcome(this.span[row]);
  }

  outcomeOf(span: number): RequestOutcome {
    return this.#outcome(span);
  }

  /** As in column `status`. */
  statusBits(span: number, outcome: RequestOutcome): number {
    const carries = this.#exceptions.numbers[span] === 0 ? 0 : STATUS_EXCEPTION;
    return outcome.status | (outcome.escaped ? STATUS_ESCAPED : 0) | carries;
  }
}

/** Reads what a span says about how it went: into the same object each time, as there may be millions. */
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
  const outcome: { -readonly [Key in keyof RequestOutcome]: RequestOutcome[Key] } = {
    status: STATUS_UNSET,
    httpStatus: 0,
    grpcStatus: NO_GRPC_STATUS,
    escaped: false,
  };
  return (row) => {
    outcome.status = table.statuses[row] as StatusCode;
    outcome.httpStatus = http(row);
    outcome.grpcStatus = grpc(row);
    outcome.escaped = escapedSpans[row] === 1;
    return outcome;
  };
}
