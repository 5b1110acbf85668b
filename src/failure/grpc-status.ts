/** gRPC status codes by number (grpc/doc/statuscodes.md). */
export const GRPC_STATUS_NAMES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

/** The request bears no gRPC status. */
export const NO_GRPC_STATUS = 255;
/** It bears one that is none of the list. */
export const OTHER_GRPC_STATUS = 254;

/** From a number or a name in any case; CANCELED is an accepted spelling. */
export function parseGrpcStatus(text: string): number {
  const word = text.trim().toUpperCase();
  if (word === '') return NO_GRPC_STATUS;
  if (/^\d+$/.test(word)) return Number(word) < GRPC_STATUS_NAMES.length ? Number(word) : OTHER_GRPC_STATUS;
  const code = GRPC_STATUS_NAMES.findIndex((name) => name === (word === 'CANCELED' ? 'CANCELLED' : word));
  return code < 0 ? OTHER_GRPC_STATUS : code;
}

/** Name of a code that parseGrpcStatus gave. */
export function grpcStatusName(code: number): string {
  return GRPC_STATUS_NAMES[code] ?? 'unknown status';
}
