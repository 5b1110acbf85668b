/** The truth table of SEMANTICS §7. */
import { describe, expect, test } from 'vitest';
import { isFailed } from '../../src/failure/decide.ts';
import type { RequestOutcome } from '../../src/failure/decide.ts';
import { NO_GRPC_STATUS, OTHER_GRPC_STATUS, parseGrpcStatus } from '../../src/failure/grpc-status.ts';

const SILENT: RequestOutcome = { status: 0, httpStatus: 0, grpcStatus: NO_GRPC_STATUS, escaped: false };

describe('whether a request failed', () => {
  test.each<[string, Partial<RequestOutcome>, boolean, boolean]>([
    // what the span says                                                  server, client
    ['nothing', {}, false, false],
    ['status ERROR', { status: 2 }, true, true],
    ['status ERROR, whatever HTTP says', { status: 2, httpStatus: 200 }, true, true],
    ['status OK', { status: 1 }, false, false],
    ['status OK, whatever HTTP says', { status: 1, httpStatus: 500 }, false, false],
    ['status OK, though an exception escaped', { status: 1, escaped: true }, false, false],
    ['HTTP 200', { httpStatus: 200 }, false, false],
    ['HTTP 302', { httpStatus: 302 }, false, false],
    ['HTTP 399', { httpStatus: 399 }, false, false],
    ['HTTP 400: the caller’s fault', { httpStatus: 400 }, false, true],
    ['HTTP 404', { httpStatus: 404 }, false, true],
    ['HTTP 499', { httpStatus: 499 }, false, true],
    ['HTTP 500', { httpStatus: 500 }, true, true],
    ['HTTP 599', { httpStatus: 599 }, true, true],
    ['HTTP 600 is no status', { httpStatus: 600 }, false, false],
    ['gRPC OK', { grpcStatus: 0 }, false, false],
    ['gRPC CANCELLED', { grpcStatus: 1 }, false, true],
    ['gRPC UNKNOWN', { grpcStatus: 2 }, true, true],
    ['gRPC INVALID_ARGUMENT', { grpcStatus: 3 }, false, true],
    ['gRPC DEADLINE_EXCEEDED', { grpcStatus: 4 }, true, true],
    ['gRPC NOT_FOUND', { grpcStatus: 5 }, false, true],
    ['gRPC RESOURCE_EXHAUSTED', { grpcStatus: 8 }, false, true],
    ['gRPC UNIMPLEMENTED', { grpcStatus: 12 }, true, true],
    ['gRPC INTERNAL', { grpcStatus: 13 }, true, true],
    ['gRPC UNAVAILABLE', { grpcStatus: 14 }, true, true],
    ['gRPC DATA_LOSS', { grpcStatus: 15 }, true, true],
    ['gRPC UNAUTHENTICATED', { grpcStatus: 16 }, false, true],
    ['a gRPC status nobody knows', { grpcStatus: OTHER_GRPC_STATUS }, false, true],
    ['HTTP 200 over a failed gRPC call', { httpStatus: 200, grpcStatus: 14 }, true, true],
    ['an exception escaped', { escaped: true }, true, true],
    ['an exception escaped, HTTP 200', { httpStatus: 200, escaped: true }, true, true],
  ])('%s', (_, said, asServer, asClient) => {
    const outcome = { ...SILENT, ...said };
    expect([isFailed(outcome, 'server'), isFailed(outcome, 'client')]).toEqual([asServer, asClient]);
  });
});

describe('a gRPC status', () => {
  test.each([
    ['0', 0],
    ['14', 14],
    ['UNAVAILABLE', 14],
    ['unavailable', 14],
    ['CANCELED', 1],
    ['CANCELLED', 1],
    [' 5 ', 5],
    ['17', OTHER_GRPC_STATUS],
    ['-32601', OTHER_GRPC_STATUS],
    ['', NO_GRPC_STATUS],
  ])('“%s” is read as %i', (text, code) => {
    expect(parseGrpcStatus(text)).toBe(code);
  });
});
