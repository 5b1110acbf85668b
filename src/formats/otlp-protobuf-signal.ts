/**
 * What a message of OTLP holds: spans, metrics and logs begin alike, three messages deep (FORMATS.md §3.2).
 * Looked at before reading, in the head of a file; and in each ScopeSpans, whose first record is classified.
 */
import { RESOURCE_SPANS, SCOPE_SPANS, SPANS } from './otlp-protobuf-tags.ts';
import { FIXED64, LENGTH_DELIMITED, MALFORMED, ProtobufCursor, VARINT } from './protobuf.ts';

export type Signal = 'spans' | 'metrics' | 'logs';

const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
/** Records looked at. */
const ENOUGH = 8;

/** The first fields of a record: wire types by field number, and the lengths of the first two. */
interface RecordOutline {
  readonly wires: ReadonlyMap<number, number>;
  readonly firstLength: number;
  readonly secondLength: number;
}

/** Of the record [cursor, limit), or as much of it as there is; null: not one of OTLP. The cursor stays. */
export function signalOf(cursor: ProtobufCursor, limit: number): Signal | null {
  const { pos } = cursor;
  const outline = outlineOf(cursor, limit);
  cursor.pos = pos;
  if (!outline) return null;
  const { wires, firstLength, secondLength } = outline;
  const wire = (field: number): number | undefined => wires.get(field);
  // Times of a span: nothing else has a fixed64 there.
  if (wire(7) === FIXED64 || wire(8) === FIXED64) return isText(wire(1)) && isText(wire(5)) ? 'spans' : null;
  if (wire(1) === FIXED64 || wire(11) === FIXED64) return 'logs';
  if (wire(1) !== LENGTH_DELIMITED) return null;
  if (firstLength === TRACE_ID_BYTES && secondLength === SPAN_ID_BYTES && wire(5) === undefined)
    return 'spans';
  const isSpan = firstLength === TRACE_ID_BYTES && secondLength === SPAN_ID_BYTES && wire(6) === VARINT;
  if (isSpan) return 'spans';
  const data = [5, 7, 9, 10, 11].some((field) => wire(field) === LENGTH_DELIMITED);
  return data ? 'metrics' : null;
}

function isText(wire: number | undefined): boolean {
  return wire === undefined || wire === LENGTH_DELIMITED;
}

function outlineOf(cursor: ProtobufCursor, limit: number): RecordOutline | null {
  const wires = new Map<number, number>();
  const lengths = [-1, -1, -1];
  try {
    while (cursor.pos < limit && cursor.pos < cursor.end) {
      const tag = cursor.varint();
      const field = tag >>> 3;
      wires.set(field, tag & 7);
      const start = cursor.pos;
      if (field <= 2 && (tag & 7) === LENGTH_DELIMITED) {
        lengths[field] = cursor.varint();
        cursor.pos = start;
      }
      cursor.skip(tag, limit);
    }
    if (cursor.pos !== limit && cursor.pos < cursor.end) return null;
    return { wires, firstLength: lengths[1], secondLength: lengths[2] };
  } catch (error) {
    if (error !== MALFORMED) throw error;
    return null;
  }
}

/**
 * The signals of the first records in bytes [from, to), a message of which the end may lie beyond the bytes.
 * null: it is none of OTLP, or has no records.
 */
export function signalsIn(bytes: Uint8Array, from: number, to: number): ReadonlySet<Signal> | null {
  // Before bytes are copied for it: most files are something else.
  if (bytes[from] !== RESOURCE_SPANS) return null;
  const cursor = new ProtobufCursor();
  cursor.append(bytes.subarray(from, Math.min(to, bytes.length)));
  cursor.final = true;
  const search = new SignalSearch(cursor);
  try {
    search.message(to - from, 0);
  } catch (error) {
    if (error !== MALFORMED) throw error;
    // A record that is one of OTLP's is no accident, three messages deep: what comes later may be damaged.
  }
  return search.signals.size > 0 ? search.signals : null;
}

/** Levels: the message, its ResourceSpans, their ScopeSpans. */
const DEEPEST = 2;

class SignalSearch {
  readonly signals = new Set<Signal>();
  readonly #cursor: ProtobufCursor;
  #records = 0;

  constructor(cursor: ProtobufCursor) {
    this.#cursor = cursor;
  }

  /** The message from the cursor to `limit`. False: enough has been seen, or the bytes end. Throws MALFORMED. */
  message(limit: number, level: number): boolean {
    const cursor = this.#cursor;
    while (cursor.pos < limit) {
      if (cursor.pos >= cursor.end) return false;
      const tag = cursor.varint();
      if ((tag & 7) !== LENGTH_DELIMITED) {
        if (level === 0) throw MALFORMED;
        cursor.skip(tag, limit);
        continue;
      }
      const end = cursor.fieldEnd(limit);
      if (cursor.pos > cursor.end) return false;
      if (!this.#field(tag, end, level)) return false;
    }
    cursor.expectAt(limit);
    return true;
  }

  #field(tag: number, end: number, level: number): boolean {
    if (level === 0 && tag !== RESOURCE_SPANS) throw MALFORMED;
    if (level === 0 || (level === 1 && tag === SCOPE_SPANS)) return this.message(end, level + 1);
    if (level === DEEPEST && tag === SPANS) this.#record(end);
    this.#cursor.pos = end;
    return this.#records < ENOUGH && end <= this.#cursor.end;
  }

  #record(end: number): void {
    const signal = signalOf(this.#cursor, end);
    if (signal === null) throw MALFORMED;
    this.signals.add(signal);
    this.#records++;
  }
}
