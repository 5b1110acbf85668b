/** Files → chunks of bytes, in order, one at a time: memory does not depend on the size of the file. */
import { NEWLINE } from '../util/bytes.ts';
import { streamBytes, type StreamBytes } from './stream-bytes.ts';

export interface ByteSource {
  /**
   * The next bytes, valid until the next call: their memory may be used again. null: the end. Rejects with an
   * AbortError when the reading was cancelled.
   */
  next(): Promise<Uint8Array | null>;
  /** Position of the first byte in the decompressed file; known once `next` has returned. */
  readonly base: number;
}

export interface SourceOptions {
  /** No chunk is larger. */
  readonly chunkBytes?: number;
  readonly signal?: AbortSignal;
  /** Bytes of the file (as it is on disk) handed on so far; never falls. */
  readonly onBytes?: (bytes: number) => void;
  /** Awaited before each chunk: the reading waits until its results have been taken away. */
  readonly beforeChunk?: () => Promise<void>;
}

/** Between two chunks a reading can be cancelled. */
const CHUNK_BYTES = 1 << 20;

/**
 * Bytes [from, to) of a file as they are, from one stream: asking the browser for slices of a file costs some
 * milliseconds each, a stream is fetched ahead by the browser.
 */
export class BlobSource implements ByteSource {
  readonly base: number;
  readonly #options: SourceOptions;
  readonly #bytes: StreamBytes;
  #read = 0;

  constructor(
    blob: Blob,
    options: SourceOptions = {},
    range: { from: number; to: number } = { from: 0, to: blob.size },
  ) {
    this.#options = options;
    this.base = range.from;
    const whole = range.from === 0 && range.to >= blob.size;
    const part = whole ? blob : blob.slice(range.from, range.to);
    this.#bytes = streamBytes(part, options.chunkBytes ?? CHUNK_BYTES);
  }

  async next(): Promise<Uint8Array | null> {
    const { signal, beforeChunk, onBytes } = this.#options;
    signal?.throwIfAborted();
    await beforeChunk?.();
    const chunk = await this.#bytes.next();
    signal?.throwIfAborted();
    if (!chunk) return null;
    this.#read += chunk.length;
    onBytes?.(this.#read);
    return chunk;
  }

  /** Nothing more is wanted: what the browser has fetched ahead is given up. */
  async close(): Promise<void> {
    await this.#bytes.close();
  }
}

/** Bytes that are in memory already. */
export class MemorySource implements ByteSource {
  readonly base = 0;
  readonly #bytes: Uint8Array;
  readonly #chunkBytes: number;
  #at = 0;

  constructor(bytes: Uint8Array, chunkBytes: number) {
    this.#bytes = bytes;
    this.#chunkBytes = chunkBytes;
  }

  next(): Promise<Uint8Array | null> {
    const from = this.#at;
    this.#at += this.#chunkBytes;
    return Promise.resolve(from < this.#bytes.length ? this.#bytes.subarray(from, this.#at) : null);
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
      if (!chunk) return null;
      const at = this.#at;
      this.#at += chunk.length;
      const bytes = this.#cut(chunk, at);
      if (this.#ended) await this.#source.close();
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
