/** OTLP's lists and maps in protobuf as JSON text, as the JSON reader has them. */
import {
  type ByteBuffer,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  encodeText,
  OPEN_BRACE,
  OPEN_BRACKET,
} from '../util/bytes.ts';
import { DEPTH_LIMIT } from '../util/json-compact.ts';
import { writeJsonString } from '../util/json-text.ts';
import * as tag from './otlp-protobuf-tags.ts';
import { base64Text, boolText, doubleText, integerText } from './protobuf-text.ts';
import type { ProtobufCursor } from './protobuf.ts';

const ELLIPSIS = encodeText('"…"');

export interface ValueRemarks {
  /** A text was not valid UTF-8. */
  repaired(): void;
  /** A value was cut where it is nested too deep. */
  cut(): void;
}

export class AnyValueWriter {
  readonly #cursor: ProtobufCursor;
  readonly #remarks: ValueRemarks;

  constructor(cursor: ProtobufCursor, remarks: ValueRemarks) {
    this.#cursor = cursor;
    this.#remarks = remarks;
  }

  /** The ArrayValue or KeyValueList at the cursor, of which the tag has been read. */
  write(which: number, limit: number, out: ByteBuffer): void {
    this.#list(which, limit, { out, depth: 0 });
  }

  #list(which: number, limit: number, into: { out: ByteBuffer; depth: number }): void {
    const cursor = this.#cursor;
    const { out, depth } = into;
    const to = cursor.fieldEnd(limit);
    if (depth >= DEPTH_LIMIT) {
      out.copy(ELLIPSIS, 0, ELLIPSIS.length);
      cursor.pos = to;
      this.#remarks.cut();
      return;
    }
    const isArray = which === tag.ARRAY_VALUE;
    out.byte(isArray ? OPEN_BRACKET : OPEN_BRACE);
    let first = true;
    while (cursor.pos < to) {
      const field = cursor.varint();
      if (field !== tag.LIST_VALUES) {
        cursor.skip(field, to);
        continue;
      }
      if (!first) out.byte(COMMA);
      first = false;
      if (isArray) this.#any(cursor.fieldEnd(to), out, depth + 1);
      else this.#pair(cursor.fieldEnd(to), out, depth + 1);
    }
    cursor.expectAt(to);
    out.byte(isArray ? CLOSE_BRACKET : CLOSE_BRACE);
  }

  /** key and value → "key":value. A value that comes before its key is kept as null. */
  #pair(limit: number, out: ByteBuffer, depth: number): void {
    const cursor = this.#cursor;
    let keyWritten = false;
    let valueWritten = false;
    while (cursor.pos < limit) {
      const field = cursor.varint();
      if (field === tag.KEY && !keyWritten) {
        this.#text(limit, out);
        out.byte(COLON);
        keyWritten = true;
      } else if (field === tag.VALUE && keyWritten && !valueWritten) {
        valueWritten = true;
        this.#any(cursor.fieldEnd(limit), out, depth);
      } else cursor.skip(field, limit);
    }
    cursor.expectAt(limit);
    if (!keyWritten) out.ascii('"":');
    if (!valueWritten) out.ascii('null');
  }

  #any(limit: number, out: ByteBuffer, depth: number): void {
    const cursor = this.#cursor;
    let found = false;
    while (cursor.pos < limit) {
      const field = cursor.varint();
      if (found || !tag.isValue(field)) cursor.skip(field, limit);
      else {
        found = true;
        this.#value(field, limit, { out, depth });
      }
    }
    cursor.expectAt(limit);
    if (!found) out.ascii('null');
  }

  #value(field: number, limit: number, into: { out: ByteBuffer; depth: number }): void {
    const cursor = this.#cursor;
    const { out } = into;
    switch (field) {
      case tag.STRING_VALUE:
        this.#text(limit, out);
        break;
      case tag.BOOL_VALUE:
        cursor.varint64();
        out.ascii(boolText(cursor));
        break;
      case tag.INT_VALUE:
        cursor.varint64();
        out.ascii(integerText(cursor));
        break;
      case tag.DOUBLE_VALUE:
        this.#double(doubleText(cursor), out);
        break;
      case tag.BYTES_VALUE:
        cursor.readText(limit);
        out.ascii(`"${base64Text(cursor)}"`);
        break;
      default:
        this.#list(field, limit, into);
    }
  }

  /** JSON has no number for what is none. */
  #double(text: string, out: ByteBuffer): void {
    out.ascii(/\d/.test(text) ? text : `"${text}"`);
  }

  #text(limit: number, out: ByteBuffer): void {
    const cursor = this.#cursor;
    cursor.readText(limit);
    if (cursor.repair()) this.#remarks.repaired();
    writeJsonString(out, cursor.text, cursor.from, cursor.to);
  }
}
