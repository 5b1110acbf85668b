/** Protobuf messages that were read before, recognised by their bytes: writers repeat a resource, a scope, for every few spans. */
import { ByteRun, isComparable, sameBytes } from '../util/bytes.ts';
import type { ProtobufCursor } from './protobuf.ts';

interface KnownMessage<T> {
  readonly run: ByteRun;
  readonly meaning: T;
  /** That came after it the last time. */
  next: KnownMessage<T> | null;
}

/** Bytes of one, and of all that are kept at a time. */
const LONGEST = 16 * 1024;
const MOST_BYTES = 1024 * 1024;
/** How many are kept at a time: what each means takes memory too. */
const MOST = 1024;
/** Words of a message that its hash is made of. */
const SAMPLES = 8;
const WORD = 4;

export class KnownMessages<T> {
  readonly #byHash = new Map<number, KnownMessage<T>[]>();
  #bytes = 0;
  #count = 0;
  #previous: KnownMessage<T> | null = null;

  /** What the message from the cursor to `limit` means; null: it is not known. */
  find(cursor: ProtobufCursor, limit: number): T | null {
    const previous = this.#previous;
    let known = previous?.next;
    if (!known || !isAt(cursor, limit, known)) {
      const bucket = this.#byHash.get(hashOf(cursor.view, cursor.pos, limit));
      known = bucket?.find((message) => isAt(cursor, limit, message));
      if (!known) return null;
      if (previous) previous.next = known;
    }
    this.#previous = known;
    return known.meaning;
  }

  /** Remembers what the message [from, limit) in the cursor's window means. */
  keep(cursor: ProtobufCursor, from: number, limit: number, meaning: T): void {
    const length = limit - from;
    if (length > LONGEST || !isComparable(cursor.bytes, from, limit)) return;
    if (this.#bytes + length > MOST_BYTES || this.#count === MOST) this.#forget();
    this.#bytes += length;
    this.#count++;
    const hash = hashOf(cursor.view, from, limit);
    const message = { run: new ByteRun(cursor.bytes.slice(from, limit)), meaning, next: null };
    const bucket = this.#byHash.get(hash);
    if (bucket) bucket.push(message);
    else this.#byHash.set(hash, [message]);
  }

  #forget(): void {
    this.#byHash.clear();
    this.#previous = null;
    this.#bytes = this.#count = 0;
  }
}

function isAt<T>({ view, pos }: ProtobufCursor, limit: number, { run }: KnownMessage<T>): boolean {
  return run.length === limit - pos && sameBytes(view, pos, run.view, 0, run.length);
}

function hashOf(view: DataView, from: number, to: number): number {
  const length = to - from;
  let hash = length;
  if (length < WORD) return hash;
  const step = (length - WORD) / (SAMPLES - 1);
  for (let i = 0; i < SAMPLES; i++) {
    hash = Math.imul(hash ^ view.getInt32(from + Math.floor(i * step)), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash;
}
