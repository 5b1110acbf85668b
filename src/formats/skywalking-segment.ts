/**
 * SkyWalking's segments in protobuf, as the objects that the agents' JSON has: skywalking-data-collect-protocol,
 * language-agent/Tracing.proto (SegmentObject, since version 8), which Elasticsearch keeps as `data_binary`.
 */
import type { JsonObject } from './json-value.ts';
import { MALFORMED, ProtobufCursor } from './protobuf.ts';
import {
  flagField,
  integerField,
  type MessageFields,
  messagesField,
  readMessage,
  textField,
} from './protobuf-message.ts';

const KEY_VALUE: MessageFields = new Map([
  [1, textField('key')],
  [2, textField('value')],
]);
const REFERENCE: MessageFields = new Map([
  [1, integerField('refType')],
  [2, textField('traceId')],
  [3, textField('parentTraceSegmentId')],
  [4, integerField('parentSpanId')],
]);
const LOG: MessageFields = new Map([
  [1, integerField('time')],
  [2, messagesField('data', KEY_VALUE)],
]);
const SPAN: MessageFields = new Map([
  [1, integerField('spanId')],
  [2, integerField('parentSpanId')],
  [3, integerField('startTime')],
  [4, integerField('endTime')],
  [5, messagesField('refs', REFERENCE)],
  [6, textField('operationName')],
  [7, textField('peer')],
  [8, integerField('spanType')],
  [9, integerField('spanLayer')],
  [10, integerField('componentId')],
  [11, flagField('isError')],
  [12, messagesField('tags', KEY_VALUE)],
  [13, messagesField('logs', LOG)],
]);
const SEGMENT: MessageFields = new Map([
  [1, textField('traceId')],
  [2, textField('traceSegmentId')],
  [3, messagesField('spans', SPAN)],
  [4, textField('service')],
  [5, textField('serviceInstance')],
]);

/** The segment in a document's `data_binary`; null: before version 8 ids were messages of numbers, in other fields. */
export function readSegment(base64: string): JsonObject | null {
  const segment = decodeSegment(base64);
  return segment?.spans === undefined || segment.traceSegmentId === undefined ? null : segment;
}

function decodeSegment(base64: string): JsonObject | null {
  const cursor = new ProtobufCursor();
  try {
    cursor.append(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
    cursor.final = true;
    return readMessage(cursor, cursor.end, SEGMENT);
  } catch (error) {
    if (error === MALFORMED || error instanceof DOMException) return null;
    throw error;
  }
}
