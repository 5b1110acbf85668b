import { STATUS_ERROR, STATUS_OK } from '../model/span.ts';
import type { StatusCode } from '../model/span.ts';
import { NO_GRPC_STATUS } from './grpc-status.ts';

/** What the span that stands for a request says about how it went. */
export interface RequestOutcome {
  readonly status: StatusCode;
  /** 0: none. */
  readonly httpStatus: number;
  /** NO_GRPC_STATUS: none. */
  readonly grpcStatus: number;
  /** An exception event with `exception.escaped` true. */
  readonly escaped: boolean;
}

/** Inferred requests are the client's view of a call; all others are the server's, whatever their kind. */
export type Side = 'server' | 'client';

/** UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS: the server's own fault. */
const GRPC_SERVER_FAILURES = new Set([2, 4, 12, 13, 14, 15]);

/** Whether a request failed: the default rules of SEMANTICS §7, first match wins. */
export function isFailed(outcome: RequestOutcome, side: Side): boolean {
  if (outcome.status === STATUS_ERROR) return true;
  if (outcome.status === STATUS_OK) return false;
  if (httpFailed(outcome.httpStatus, side) || failsByGrpc(outcome.grpcStatus, side)) return true;
  return outcome.escaped;
}

function httpFailed(status: number, side: Side): boolean {
  return status >= (side === 'client' ? 400 : 500) && status <= 599;
}

/** Rule 4 of SEMANTICS §7. */
export function failsByGrpc(status: number, side: Side): boolean {
  if (status === NO_GRPC_STATUS) return false;
  return side === 'client' ? status !== 0 : GRPC_SERVER_FAILURES.has(status);
}
