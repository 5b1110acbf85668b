import { messageWithoutIds } from '../util/id-free.ts';
import type { RequestOutcome } from './decide.ts';
import { GRPC_STATUS_NAMES, grpcStatusName, NO_GRPC_STATUS } from './grpc-status.ts';

export const NO_REASON = 'failed, no reason recorded';

/** Node's gRPC writes the code as the type of its exception, and again in the message: `14: 14 UNAVAILABLE: …`. */
const GRPC_CODE_TWICE = /^(\d{1,2}): \1 ([A-Z_]+):/;

/** With numbers and ids taken out; a gRPC code that stands twice is told once, as gRPC's. */
export function exceptionWithoutIds(exception: string): string {
  const [, code, name] = GRPC_CODE_TWICE.exec(exception) ?? [];
  const isGrpc = name !== undefined && GRPC_STATUS_NAMES[Number(code)] === name;
  return messageWithoutIds(isGrpc ? `gRPC${exception.slice(code.length + 1)}` : exception);
}

/** `type: message` of an exception with numbers and ids taken out; '' when it has neither. */
export function exceptionText(type: string, message: string): string {
  return exceptionWithoutIds([type, message].filter((part) => part !== '').join(': '));
}

/** The one reason of a failed request (SEMANTICS §7): exception, HTTP, gRPC, status message, or none recorded. */
export function failureReason(outcome: RequestOutcome, exception: string, statusMessage: string): string {
  if (exception !== '') return exception;
  if (outcome.httpStatus >= 400) return `HTTP ${outcome.httpStatus}`;
  if (outcome.grpcStatus !== NO_GRPC_STATUS && outcome.grpcStatus !== 0) {
    return `gRPC ${grpcStatusName(outcome.grpcStatus)}`;
  }
  return messageWithoutIds(statusMessage) || NO_REASON;
}
