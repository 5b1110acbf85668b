import { messageWithoutIds } from '../util/id-free.ts';
import type { RequestOutcome } from './decide.ts';
import { grpcStatusName, NO_GRPC_STATUS } from './grpc-status.ts';

export const NO_REASON = 'failed, no reason recorded';

/** `type: message` of an exception with numbers and ids taken out; '' when it has neither. */
export function exceptionText(type: string, message: string): string {
  return messageWithoutIds([type, message].filter((part) => part !== '').join(': '));
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
