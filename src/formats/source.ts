/** Files → chunks of bytes, in order, a few at a time: memory does not depend on the size of the file. */
import { NEWLINE } from '../util/bytes.ts';

export interface ByteSource {
  /** The next bytes; null: the end. Rejects with an AbortError when the reading was cancelled. */
  next(): Promise<Uint8Array | null>;
  /** Position of the first byte in the decompressed file; known once `next` has returned. */
  readonly base: number;
}

export interface SourceOptions {
  readonly chunkBytes?: number;
  readonly signal?: AbortSignal;
  /** Bytes of the file (as it is on disk) handed on so far; never falls. */
  readonly onBytes?: (bytes: number) => void;
  /** Awaited before each chunk: the reading waits until its results have been taken away. */
  readonly beforeChunk?: () => Promise<void>;
}

/** Large enough that a request to the browser's file reader costs nothing, small enough for several workers. */
export const CHUNK_BYTES = 1 << 20;

/** Bytes [from, to) of a file as they are. One chunk is fetched ahead. */
export class BlobSource implements ByteSource {
  readonly base: number;
  readonly #blob: Blob;
  readonly #options: SourceOptions;
  readonly #from: number;
  readonly #to: number;
  #at: number;
  #ahead: Promise<Uint8Array> | null = null;

  constructor(
    blob: Blob,
    options: SourceOptions = {},
    range: { from: number; to: number } = { from: 0, to: blob.size },
  ) {
    this.#blob = blob;
    this.#options = options;
    this.#from = this.#at = this.base = range.from;
    this.#to = Math.min(range.to, blob.size);
  }

  async next(): Promise<Uint8Array | null> {
    const { signal, beforeChunk, onBytes } = this.#options;
    signal?.throwIfAborted();
    await beforeChunk?.();
    const chunk = await (this.#ahead ?? this.#fetch());
    signal?.throwIfAborted();
    if (!chunk) return null;
    this.#at += chunk.length;
    this.#ahead = this.#fetch();
    onBytes?.(this.#at - this.#from);
    return chunk;
  }

  #fetch(): Promise<Uint8Array> | null {
    if (this.#at >= this.#to) return null;
    const to = Math.min(this.#at + (this.#options.chunkBytes ?? CHUNK_BYTES), this.#to);
    const bytes = this.#blob
      .slice(this.#at, to)
      .arrayBuffer()
      .then((buffer) => new Uint8Array(buffer));
    // Reported where it is awaited; until then nobody listens, which is no reason to end the worker.
    bytes.catch(() => {});
    return bytes;
  }
}

/**
 * The lines that begin in [from, to) of a file of lines: what lies before the first of them is left out,
 * the last one is read to its end.
 */
export class LineRangeSource implements ByteSource {
  base = 0;
  readonly #source: BlobSource;
  readonly #to: number;
  #at: number;
  #started: boolean;
  #ended = false;

  constructor(blob: Blob, options: SourceOptions, range: { from: number; to: number }) {
    // A line begins at `from` only if the byte before is a line break.
    const start = Math.max(0, range.from - 1);
    this.#source = new BlobSource(blob, options, { from: start, to: blob.size });
    this.#at = start;
    this.#to = range.to;
    this.#started = range.from === 0;
  }

  async next(): Promise<Uint8Array | null> {
    while (!this.#ended) {
      const chunk = await this.#source.next();
      if (!chunk) break;
      const at = this.#at;
      this.#at += chunk.length;
      const bytes = this.#cut(chunk, at);
      if (bytes && bytes.length > 0) return bytes;
    }
    return null;
  }

  /** `at`: position of the chunk. */
  #cut(chunk: Uint8Array, at: number): Uint8Array | null {
    let from = 0;
    if (!this.#started) {
      const newline = chunk.indexOf(NEWLINE);
      if (newline < 0) {
        this.#ended = at + chunk.length >= this.#to;
        return null;
      }
      from = newline + 1;
      this.base = at + from;
      if (this.base >= this.#to) {
        this.#ended = true;
        return null;
      }
      this.#started = true;
    }
    // The line that holds the byte before `to` is the last one.
    const lastByte = this.#to - 1 - at;
    if (lastByte >= chunk.length) return chunk.subarray(from);
    const newline = chunk.indexOf(NEWLINE, Math.max(from, lastByte));
    if (newline < 0) return chunk.subarray(from);
    this.#ended = true;
    return chunk.subarray(from, newline + 1);
  }
}
