/**
 * The assembled requests of a dataset as columns: what is kept in memory while a dataset is open,
 * and what is stored so that reopening it reads no spans.
 *
 * Rows: traced requests in canonical order of their opening spans, then inferred ones (SEMANTICS §3–5).
 */
import type { ChainEnd, ServiceRef } from '../model/service.ts';
import type { SpanDirectory } from './span-directory.ts';

/** Version of the layout below; a dataset stored with another one is assembled anew or not opened. */
export const REQUESTS_VERSION = 6;

/** No caller: the chain ends here. */
export const NO_CALLER = -1;

/** Bits of column `status` above the span status. */
export const STATUS_MASK = 3;
export const STATUS_ESCAPED = 4;
export const STATUS_EXCEPTION = 8;

/** Column `callStatus`: no CLIENT span called this request. */
export const NO_CALL = 255;

/** Column `ends`: 0 where the request has a caller, else 1 + index into this list. */
export const END_CODES: readonly ChainEnd[] = ['userAction', 'entryPoint', 'callerMissing'];

export interface RequestTable extends SpanDirectory {
  readonly version: number;
  readonly count: number;
  /** Traced services first; names are as shown. */
  readonly services: readonly ServiceRef[];
  /** Inferred services that bear the name or address of a traced one, by service number. */
  readonly tracedTwins: Uint8Array<ArrayBuffer>;
  /** Endpoints, instances and reasons; 0 is the empty text. */
  readonly texts: readonly string[];

  /** Number in `services`. */
  readonly service: Uint32Array<ArrayBuffer>;
  /** Text numbers. */
  readonly endpoint: Uint32Array<ArrayBuffer>;
  readonly instance: Uint32Array<ArrayBuffer>;
  /** Row of the caller or NO_CALLER. */
  readonly caller: Int32Array<ArrayBuffer>;
  /** Number of the request's chain: equal chains of services have equal numbers. */
  readonly chain: Uint32Array<ArrayBuffer>;
  /** 0 has a caller; else 1 + index in END_CODES. */
  readonly ends: Uint8Array<ArrayBuffer>;
  /** 2 words: Unix epoch ns, unsigned 64 bit; 0/0: no time. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** ns; 0 where the span bears none. */
  readonly durations: Float64Array<ArrayBuffer>;
  /** 1: failed by the default rules. */
  readonly failed: Uint8Array<ArrayBuffer>;
  /** Text number of the reason; 0 where it did not fail. */
  readonly reason: Uint32Array<ArrayBuffer>;
  /** Kind of the opening span (model/span.ts). */
  readonly kind: Uint8Array<ArrayBuffer>;
  /**
   * What the rules decide on: 0 unset, 1 ok, 2 error; +4: an exception escaped; +8: the opening span
   * carries an exception.
   */
  readonly status: Uint8Array<ArrayBuffer>;
  /** 0: none. */
  readonly httpStatus: Uint16Array<ArrayBuffer>;
  /** 255: none (failure/grpc-status.ts). */
  readonly grpcStatus: Uint8Array<ArrayBuffer>;
  /** Text numbers: the exception that would be the reason, and the status message without ids; 0: none. */
  readonly exception: Uint32Array<ArrayBuffer>;
  readonly message: Uint32Array<ArrayBuffer>;
  /**
   * The caller's view of a traced request: status, HTTP and gRPC status, as above, of the CLIENT span that
   * its opening span's parent or link is; NO_CALL, 0 and 255 where there is none.
   */
  readonly callStatus: Uint8Array<ArrayBuffer>;
  readonly callHttpStatus: Uint16Array<ArrayBuffer>;
  readonly callGrpcStatus: Uint8Array<ArrayBuffer>;
  /** How many requests of the whole each stands for (SEMANTICS §9); null: all for one, or nobody says. */
  readonly weights: Float64Array<ArrayBuffer> | null;
  /** Record number of the opening span: its position over all segments in canonical order. */
  readonly span: Uint32Array<ArrayBuffer>;
  /** Distinct users and sessions counted from 1; 0: none. Only requests that end a chain bear them. */
  readonly user: Uint32Array<ArrayBuffer>;
  readonly session: Uint32Array<ArrayBuffer>;

  /** Chains: the caller's chain (−1: the chain begins here) and the service at its end. */
  readonly chainCaller: Int32Array<ArrayBuffer>;
  readonly chainService: Uint32Array<ArrayBuffer>;
}
