/** The fields of Zipkin's spans in protobuf, as its v2 JSON names and writes them: zipkin-api, zipkin.proto. */
import { hexOfBytes } from '../util/hex.ts';
import { ipv4Of, ipv6Of } from './ip-text.ts';
import { FIXED64, LENGTH_DELIMITED, type ProtobufCursor, VARINT } from './protobuf.ts';
import {
  flagField,
  integerField,
  messageField,
  messagesField,
  type MessageField,
  type MessageFields,
  textField,
  textsField,
} from './protobuf-message.ts';

const TRACE_ID_BYTES: readonly number[] = [8, 16];
const SPAN_ID_BYTES: readonly number[] = [8];
const KINDS: readonly string[] = ['', 'CLIENT', 'SERVER', 'PRODUCER', 'CONSUMER'];

const idField = (name: string): MessageField => ({
  name,
  wire: LENGTH_DELIMITED,
  read: ({ bytes, pos }, to) => hexOfBytes(bytes, pos, to),
});

/** µs; 0 is none. */
const timeField = (name: string): MessageField => ({
  name,
  wire: FIXED64,
  read(cursor) {
    cursor.fixed64();
    const us = (BigInt(cursor.hi) << 32n) | BigInt(cursor.lo);
    return us === 0n ? undefined : String(us);
  },
});

const KIND: MessageField = {
  name: 'kind',
  wire: VARINT,
  read(cursor) {
    const kind = cursor.enum();
    return kind === 0 ? undefined : (KINDS[kind] ?? String(kind));
  },
};

const addressField = (name: string, written: (bytes: Uint8Array) => string | undefined): MessageField => ({
  name,
  wire: LENGTH_DELIMITED,
  read: ({ bytes, pos }, to) => written(bytes.subarray(pos, to)),
});

const ENDPOINT: MessageFields = new Map([
  [1, textField('serviceName')],
  [2, addressField('ipv4', ipv4Of)],
  [3, addressField('ipv6', ipv6Of)],
  [4, integerField('port')],
]);
const ANNOTATION: MessageFields = new Map([
  [1, timeField('timestamp')],
  [2, textField('value')],
]);
export const SPAN: MessageFields = new Map([
  [1, idField('traceId')],
  [2, idField('parentId')],
  [3, idField('id')],
  [4, KIND],
  [5, textField('name')],
  [6, timeField('timestamp')],
  [7, integerField('duration')],
  [8, messageField('localEndpoint', ENDPOINT)],
  [9, messageField('remoteEndpoint', ENDPOINT)],
  [10, messagesField('annotations', ANNOTATION)],
  [11, textsField('tags')],
  [13, flagField('shared')],
]);

/** The wire types of all fields, `debug` too. */
const WIRES: ReadonlyMap<number, number> = new Map([
  ...[...SPAN].map(([number, { wire }]) => [number, wire] as const),
  [12, VARINT],
]);
const ID_BYTES: ReadonlyMap<number, readonly number[]> = new Map([
  [1, TRACE_ID_BYTES],
  [2, SPAN_ID_BYTES],
  [3, SPAN_ID_BYTES],
]);

/**
 * The message from the cursor to `limit` has both ids and no other fields than a span, as far as the bytes go.
 * Throws MALFORMED. OTLP's messages begin like it, but have no id of 8 bytes in field 3.
 */
export function isZipkinSpan(cursor: ProtobufCursor, limit: number): boolean {
  const seen = new Set<number>();
  while (cursor.pos < limit && cursor.pos < cursor.end) {
    const tag = cursor.varint();
    const number = Math.floor(tag / 8);
    const start = cursor.pos;
    if (WIRES.get(number) !== (tag & 7)) return false;
    const lengths = ID_BYTES.get(number);
    if (lengths && !lengths.includes(cursor.varint())) return false;
    cursor.pos = start;
    cursor.skip(tag, limit);
    seen.add(number);
  }
  return seen.has(1) && seen.has(3);
}
