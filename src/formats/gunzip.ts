/**
 * gzip → bytes. The browser's own DecompressionStream is fast but stops at the end of the first member
 * (`cat a.gz b.gz`, logs that were appended to) and drops what it had not handed on when a file is cut off:
 * then fflate starts again at the beginning and leaves out what has been handed on.
 */
import { Gunzip } from 'fflate';
import { Crc32 } from '../util/crc32.ts';
import type { NoteSink } from '../model/import-note.ts';
import type { ByteSource } from './source.ts';

/** Small pieces bound how much fflate inflates at once, and how deep it recurses over tiny members. */
const PIECE_BYTES = 32 * 1024;
/** CRC-32 and size of what a member holds. */
const TRAILER_BYTES = 8;
/** An empty member: arriving at it proves that the one before was complete. */
const EMPTY_MEMBER = new Uint8Array([31, 139, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

export interface GunzipOptions {
  /** The compressed bytes, from the beginning; asked a second time when the native way fails. */
  readonly open: () => ByteSource;
  readonly notes: NoteSink;
  /** Missing: the platform's. null: fflate from the start. */
  readonly native?: NativeGunzip | null;
}

export type NativeGunzip = (compressed: ReadableStream<BufferSource>) => ReadableStream<Uint8Array>;

const platformGunzip: NativeGunzip | null =
  typeof DecompressionStream === 'undefined'
    ? null
    : (compressed) => compressed.pipeThrough(new DecompressionStream('gzip'));

export class GunzipSource implements ByteSource {
  readonly base = 0;
  readonly #options: GunzipOptions;
  #reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  #members: MemberSource | null = null;
  #handedOn = 0;
  #sourceError: unknown = null;

  constructor(options: GunzipOptions) {
    this.#options = options;
    const native = options.native === undefined ? platformGunzip : options.native;
    if (native) this.#reader = native(this.#stream(options.open())).getReader();
    else this.#members = new MemberSource(options, 0);
  }

  async next(): Promise<Uint8Array | null> {
    if (this.#reader) {
      try {
        const { done, value } = await this.#reader.read();
        if (done) return null;
        this.#handedOn += value.length;
        return value;
      } catch {
        // Cancelled, or the file cannot be read: not the gzip's fault.
        if (this.#sourceError !== null) throw this.#sourceError;
        this.#reader = null;
        this.#members = new MemberSource(this.#options, this.#handedOn);
      }
    }
    return this.#members?.next() ?? null;
  }

  #stream(source: ByteSource): ReadableStream<BufferSource> {
    return new ReadableStream<BufferSource>(
      {
        pull: async (controller) => {
          try {
            const chunk = await source.next();
            if (chunk) controller.enqueue(new Uint8Array(chunk));
            else controller.close();
          } catch (error) {
            this.#sourceError = error;
            controller.error(error);
          }
        },
      },
      { highWaterMark: 0 },
    );
  }
}

/** All members, by fflate. */
class MemberSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #notes: NoteSink;
  readonly #gunzip: Gunzip;
  #toDrop: number;
  #ready: Uint8Array[] = [];
  #compressed = 0;
  #emitted = 0;
  #ended = false;
  /** The last member was complete at this many compressed bytes. */
  #completeAt = -1;
  /** Of the member being inflated. */
  #crc = new Crc32();
  #memberBytes = 0;
  /** The last compressed bytes before the piece being inflated, and the piece. */
  #tail = new Uint8Array(0);

  constructor(options: GunzipOptions, handedOn: number) {
    this.#source = options.open();
    this.#notes = options.notes;
    this.#toDrop = handedOn;
    this.#gunzip = new Gunzip((data) => this.#take(data));
    this.#gunzip.onmember = (offset) => {
      this.#completeAt = offset;
      this.#checkMember(offset);
    };
  }

  async next(): Promise<Uint8Array | null> {
    while (this.#ready.length === 0 && !this.#ended) {
      const chunk = await this.#source.next();
      if (chunk) this.#inflate(chunk);
      else this.#finish();
    }
    return this.#ready.shift() ?? null;
  }

  #inflate(chunk: Uint8Array): void {
    try {
      for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
        this.#push(chunk.slice(at, at + PIECE_BYTES));
      }
    } catch {
      this.#stop(
        'gzip-damaged',
        `The gzip data are damaged near byte ${this.#compressed} of the file; what comes after was not read.`,
      );
    }
  }

  #push(piece: Uint8Array): void {
    const kept = this.#tail.subarray(-TRAILER_BYTES);
    this.#tail = new Uint8Array(kept.length + piece.length);
    this.#tail.set(kept);
    this.#tail.set(piece, kept.length);
    this.#compressed += piece.length;
    this.#gunzip.push(piece);
  }

  /** A member ends at this many compressed bytes: its trailer says what it should have been (RFC 1952, 2.3.1). */
  #checkMember(end: number): void {
    const at = this.#tail.length - (this.#compressed - end) - TRAILER_BYTES;
    if (at >= 0) {
      const trailer = new DataView(this.#tail.buffer, at, TRAILER_BYTES);
      const isWhole =
        trailer.getUint32(0, true) === this.#crc.value &&
        trailer.getUint32(4, true) === this.#memberBytes >>> 0;
      if (!isWhole) {
        this.#notes.note(
          'gzip-checksum',
          'kept',
          `The gzip data that end at byte ${end} of the file fail their checksum: they are damaged, and what was read of them may be wrong.`,
          { bytePosition: this.#emitted, line: null },
        );
      }
    }
    this.#crc = new Crc32();
    this.#memberBytes = 0;
  }

  #finish(): void {
    const length = this.#compressed;
    const before = this.#ready.length;
    try {
      this.#gunzip.push(EMPTY_MEMBER.slice());
    } catch {
      // Not where a member may begin: the same as not complete.
    }
    this.#ready.length = before;
    this.#ended = true;
    if (this.#completeAt === length) return;
    this.#stop('gzip-truncated', `The gzip file is cut off at byte ${length}; what came before was read.`);
  }

  #stop(code: string, message: string): void {
    this.#ended = true;
    this.#notes.note(code, 'kept', message, { bytePosition: this.#emitted, line: null });
  }

  #take(data: Uint8Array): void {
    if (this.#ended) return;
    this.#emitted += data.length;
    this.#memberBytes += data.length;
    this.#crc.add(data);
    const dropped = Math.min(this.#toDrop, data.length);
    this.#toDrop -= dropped;
    // A copy: fflate goes on using its window.
    if (dropped < data.length) this.#ready.push(data.slice(dropped));
  }
}
