/** A plain object ⇄ its leaves: columns, strings and whatever else there is. */
import type { Piece } from './stored-types.ts';

/** Of a plain array: strings of unknown length. */
const PIECE_ELEMENTS = 65_536;
const NOT_CUT = -1;

export type TypedArray =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;
type Row = Record<string, unknown>;

/** Walks plain objects; arrays are cut, a typed array or anything else is a piece as it is. */
export function* splitPieces(value: unknown, path: readonly string[] = []): Generator<Piece> {
  if (isPlainObject(value) && Object.keys(value).length > 0) {
    for (const key of Object.keys(value)) yield* splitPieces(value[key], [...path, key]);
  } else if (Array.isArray(value)) {
    for (let from = 0; from === 0 || from < value.length; from += PIECE_ELEMENTS) {
      yield { path, from, total: value.length, value: value.slice(from, from + PIECE_ELEMENTS) };
    }
  } else {
    yield { path, from: 0, total: NOT_CUT, value };
  }
}

/** Inverse of splitPieces, for pieces in the same order. Older versions cut typed arrays too. */
export function joinPieces(pieces: readonly Piece[]): unknown {
  const root: Row = { value: undefined };
  for (const piece of pieces) {
    let owner = root;
    let key = 'value';
    for (const next of piece.path) {
      if (!isPlainObject(owner[key]) || !Object.hasOwn(owner, key)) define(owner, key, {});
      owner = owner[key] as Row;
      key = next;
    }
    place(owner, key, piece);
  }
  return root.value;
}

function place(owner: Row, key: string, piece: Piece): void {
  const { value, from, total } = piece;
  if (total === NOT_CUT) return define(owner, key, value);
  if (isTypedArray(value)) {
    if (from === 0 && value.length === total) return define(owner, key, value);
    if (from === 0) define(owner, key, emptyLike(value, total));
    (owner[key] as { set(part: TypedArray, at: number): void }).set(value, from);
  } else if (Array.isArray(value)) {
    if (from === 0) define(owner, key, value);
    else for (const element of value) (owner[key] as unknown[]).push(element);
  }
}

/** Bytes of all typed arrays in it, plus two per character of its strings. */
export function storedBytes(value: unknown): number {
  if (typeof value === 'string') return value.length * 2;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (value instanceof ArrayBuffer) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 8;
  const parts: Iterable<unknown> =
    Array.isArray(value) || value instanceof Set || value instanceof Map ? value : Object.values(value);
  let sum = 0;
  for (const part of parts) sum += storedBytes(part);
  return sum;
}

function emptyLike(array: TypedArray, length: number): unknown {
  return new (array.constructor as new (length: number) => unknown)(length);
}

/** Not an assignment: a key such as __proto__ must stay a key. */
function define(owner: Row, key: string, value: unknown): void {
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}

export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function isPlainObject(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
