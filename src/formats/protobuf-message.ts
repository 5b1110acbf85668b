/**
 * Protobuf messages as the objects that their JSON would be, told by a table of their fields: for formats that
 * have a reader of that JSON. Fields that the table does not have, or not with that wire type, are stepped over.
 */
import type { Json, JsonObject } from './json-value.ts';
import { plainStrings } from './kept-strings.ts';
import { FIXED64, LENGTH_DELIMITED, MALFORMED, type ProtobufCursor, VARINT } from './protobuf.ts';

export interface MessageField {
  readonly name: string;
  readonly wire: typeof VARINT | typeof FIXED64 | typeof LENGTH_DELIMITED;
  /** It comes again and again: 'list' of values, or 'entries' [key, value] of an object. */
  readonly repeated?: 'list' | 'entries';
  /** The value, of which a LENGTH_DELIMITED one ends at `to`; undefined: there is none. */
  read(cursor: ProtobufCursor, to: number): Json | undefined;
}

/** By field number. */
export type MessageFields = ReadonlyMap<number, MessageField>;

/** The message from the cursor to `limit`. Throws MALFORMED. */
export function readMessage(cursor: ProtobufCursor, limit: number, fields: MessageFields): JsonObject {
  // The names are the table's, so that none is `__proto__`.
  const message: Record<string, Json> = {};
  let lists: Map<MessageField, Json[]> | undefined;
  while (cursor.pos < limit) {
    const tag = cursor.varint();
    const field = fields.get(Math.floor(tag / 8));
    if (field?.wire !== (tag & 7)) {
      cursor.skip(tag, limit);
      continue;
    }
    const isDelimited = field.wire === LENGTH_DELIMITED;
    const to = isDelimited ? cursor.fieldEnd(limit) : limit;
    const value = field.read(cursor, to);
    if (isDelimited) cursor.pos = to;
    if (cursor.pos > limit) throw MALFORMED;
    if (value === undefined) continue;
    if (!field.repeated) message[field.name] = value;
    else {
      lists ??= new Map();
      const list = lists.get(field) ?? [];
      list.push(value);
      lists.set(field, list);
    }
  }
  cursor.expectAt(limit);
  for (const [{ name, repeated }, list] of lists ?? []) {
    message[name] = repeated === 'list' ? list : Object.fromEntries(list as [string, Json][]);
  }
  return message;
}

/** A text; bytes that are no UTF-8 become U+FFFD. */
export function textField(name: string): MessageField {
  return {
    name,
    wire: LENGTH_DELIMITED,
    read(cursor, to) {
      cursor.text = cursor.bytes;
      cursor.from = cursor.pos;
      cursor.to = to;
      return plainStrings.textOf(cursor);
    },
  };
}

/** An int32 or int64; one that a double cannot hold comes as text. */
export function integerField(name: string): MessageField {
  return {
    name,
    wire: VARINT,
    read(cursor) {
      cursor.varint64();
      const value = BigInt.asIntN(64, (BigInt(cursor.hi) << 32n) | BigInt(cursor.lo));
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : String(value);
    },
  };
}

export function flagField(name: string): MessageField {
  return {
    name,
    wire: VARINT,
    read(cursor) {
      cursor.varint64();
      return (cursor.hi | cursor.lo) !== 0;
    },
  };
}

/** A message within a message. */
export function messageField(name: string, fields: MessageFields): MessageField {
  return { name, wire: LENGTH_DELIMITED, read: (cursor, to) => readMessage(cursor, to, fields) };
}

/** Messages within a message. */
export function messagesField(name: string, fields: MessageFields): MessageField {
  return { ...messageField(name, fields), repeated: 'list' };
}

const ENTRY: MessageFields = new Map([
  [1, textField('key')],
  [2, textField('value')],
]);

/** A map of texts. */
export function textsField(name: string): MessageField {
  return {
    name,
    wire: LENGTH_DELIMITED,
    repeated: 'entries',
    read(cursor, to) {
      const { key = '', value = '' } = readMessage(cursor, to, ENTRY);
      return [key, value];
    },
  };
}
