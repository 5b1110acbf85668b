/** SEMANTICS.md §7: failed or not, and the reason. */
import type { SpanEvent } from '../../src/model/span.ts';
import { first, KEYS, textOf, type Carrier } from './attributes.ts';
import { GRPC_NAMES } from './grpc-names.ts';
import { idsOutOfException, idsOutOfMessage } from './ids-out.ts';
import type { MergedSpan } from './spans.ts';

export type Side = 'client' | 'server';

const GRPC_SERVER_FAILURES = [
  'UNKNOWN',
  'DEADLINE_EXCEEDED',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
];

export const NO_REASON = 'failed, no reason recorded';

/** By the opening span (client side: the outermost span) alone. */
export function isFailed(span: MergedSpan, side: Side): boolean {
  if (span.status === 2) return true;
  if (span.status === 1) return false;
  const http = httpStatus(span);
  if (http !== null && http >= (side === 'client' ? 400 : 500) && http <= 599) return true;
  const grpc = grpcStatus(span);
  if (grpc !== null && (side === 'client' ? grpc !== 'OK' : GRPC_SERVER_FAILURES.includes(grpc))) return true;
  return span.events.some(
    (event) => event.name === 'exception' && textOf(event.attributes.get('exception.escaped')) === 'true',
  );
}

export function httpStatus(span: Carrier): number | null {
  const text = first(span, KEYS.httpStatus);
  return text !== null && /^\d+$/.test(text.trim()) ? Number(text) : null;
}

/** Upper-case name; an unknown number or word as it is written. */
export function grpcStatus(span: Carrier): string | null {
  const system = first(span, KEYS.rpcSystem);
  const isGrpc = system === null || system === 'grpc';
  const text = (isGrpc ? first(span, KEYS.rpcStatus) : null) ?? first(span, KEYS.grpcStatus);
  if (text === null) return null;
  const word = text.trim().toUpperCase();
  if (/^\d+$/.test(word)) return GRPC_NAMES[Number(word)] ?? word;
  return word === 'CANCELED' ? 'CANCELLED' : word;
}

/**
 * Of a failed request. `spans`: those of the request, deepest first (of one depth in file order);
 * `decisive`: the one that decided on failure.
 */
export function reasonOf(decisive: MergedSpan, deepestFirst: readonly MergedSpan[]): string {
  for (const span of deepestFirst) {
    const exception = exceptionOf(span);
    if (exception !== null) return idsOutOfException(exception);
  }
  const http = httpStatus(decisive);
  if (http !== null && http >= 400) return `HTTP ${http}`;
  const grpc = grpcStatus(decisive);
  if (grpc !== null && grpc !== 'OK') return `gRPC ${grpc}`;
  return decisive.statusMessage !== '' ? idsOutOfMessage(decisive.statusMessage) : NO_REASON;
}

export function exceptionOf(span: MergedSpan): string | null {
  for (const event of span.events) {
    const exception = exceptionOfEvent(event);
    if (exception !== null) return exception;
  }
  return typeAndMessage(first(span, ['exception.type']), first(span, ['exception.message']));
}

function exceptionOfEvent(event: SpanEvent): string | null {
  const type = first(event, ['exception.type', 'error.kind', 'error.class']);
  const object = first(event, ['error.object']);
  const message = first(event, ['exception.message', 'error.message', 'error.msg', 'message']);
  const isException =
    event.name === 'exception' || first(event, ['exception.type', 'exception.message']) !== null;
  const isOpenTracing =
    event.name === 'error' || first(event, ['error.kind', 'error.object', 'stack']) !== null;
  if (!isException && !isOpenTracing) return null;
  if (type === null && object !== null) {
    const [, kind, rest] = /^([^:]*):?\s*(.*)$/s.exec(object) ?? [];
    return typeAndMessage(kind ?? object, message ?? rest ?? null);
  }
  return typeAndMessage(type, message) ?? event.name;
}

function typeAndMessage(type: string | null, message: string | null): string | null {
  const parts = [type, message].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? null : parts.join(': ');
}
