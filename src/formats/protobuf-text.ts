/** Protobuf's numbers and bytes as the texts that JSON has for them. */
import { latin1 } from '../util/bytes.ts';
import type { ProtobufCursor } from './protobuf.ts';

const TWO_32 = 4_294_967_296;

/** The integer that the cursor read last, as a signed one. */
export function integerText({ hi, lo }: ProtobufCursor): string {
  if (hi === 0) return String(lo);
  if (hi === 0xffff_ffff && lo > 0) return String(lo - TWO_32);
  return String(BigInt.asIntN(64, (BigInt(hi) << 32n) | BigInt(lo)));
}

/** The integer that the cursor read last, as a boolean. */
export function boolText({ hi, lo }: ProtobufCursor): string {
  return (hi | lo) === 0 ? 'false' : 'true';
}

/** The fixed64 at the cursor as a double; `NaN`, `Infinity` and `-Infinity` are words. */
export function doubleText(cursor: ProtobufCursor): string {
  const value = cursor.view.getFloat64(cursor.pos, true);
  cursor.pos += 8;
  return String(value);
}

/** The text that the cursor read last, in base64. */
export function base64Text({ text, from, to }: ProtobufCursor): string {
  return btoa(latin1(text, from, to));
}
