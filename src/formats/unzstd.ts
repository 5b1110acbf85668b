/**
 * zstd → bytes (RFC 8878), a block at a time, so that a small file cannot fill the memory at once: fzstd decodes,
 * this file finds frames and blocks. Several frames follow each other; skippable ones are left out.
 * Not supported: dictionaries; checksums are not checked.
 */
import { Decompress } from 'fzstd';
import type { NoteSink } from '../model/import-note.ts';
import { joinBytes } from '../util/bytes.ts';
import type { ByteSource } from './source.ts';

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const NEWLINE = new Uint8Array([0x0a]);
/** Handed on together: frames may be tiny. */
const ENOUGH_BYTES = 64 * 1024;
/** Of one frame that must be held as a whole. */
const LARGEST_RECORD = 256 * 1024 * 1024;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/**
 * 'stream': frames and nothing else. 'records': each frame after its length in 4 bytes, big-endian, holding one
 * document (the collector's file exporter); JSON gets a line break after each, anything else its length before it.
 */
export type ZstdFraming = 'stream' | 'records';

type State = 'frame' | 'header' | 'block' | 'checksum' | 'skip';

export class UnzstdSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #notes: NoteSink;
  readonly #framing: ZstdFraming;
  #buffer: Uint8Array = new Uint8Array(0);
  #at = 0;
  #compressed = 0;
  #emitted = 0;
  #state: State = 'frame';
  #toSkip = 0;
  #decoder: Decompress | null = null;
  #hasChecksum = false;
  #ready: Uint8Array[] = [];
  #readyBytes = 0;
  /** Of the record being decoded. */
  #record: Uint8Array[] = [];
  #recordBytes = 0;
  #ended = false;

  constructor(source: ByteSource, notes: NoteSink, framing: ZstdFraming = 'stream') {
    this.#source = source;
    this.#notes = notes;
    this.#framing = framing;
  }

  async next(): Promise<Uint8Array | null> {
    while (!this.#ended && this.#readyBytes < ENOUGH_BYTES) {
      if (this.#step()) continue;
      const chunk = this.#ended ? null : await this.#source.next();
      if (chunk) this.#append(chunk);
      else if (!this.#ended) this.#finish();
    }
    if (this.#ready.length === 0) return null;
    const bytes = this.#ready.length === 1 ? this.#ready[0] : joinBytes(this.#ready);
    this.#ready = [];
    this.#readyBytes = 0;
    return bytes;
  }

  #append(chunk: Uint8Array): void {
    // A copy: what is left of the chunk is still wanted when its memory is used again.
    this.#buffer = joinBytes([this.#buffer.subarray(this.#at), chunk]);
    this.#at = 0;
    this.#compressed += chunk.length;
  }

  get #left(): number {
    return this.#buffer.length - this.#at;
  }

  /** False: more bytes are needed, or it is over. */
  #step(): boolean {
    try {
      return this.#advance();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#stop('zstd-damaged', `The zstd data are damaged (${reason}); what comes after was not read.`);
      return false;
    }
  }

  #advance(): boolean {
    switch (this.#state) {
      case 'skip': {
        const skipped = Math.min(this.#toSkip, this.#left);
        this.#at += skipped;
        this.#toSkip -= skipped;
        if (this.#toSkip > 0) return false;
        this.#state = 'frame';
        return true;
      }
      case 'frame':
        return this.#openFrame();
      case 'header':
        return this.#header();
      case 'block':
        return this.#block();
      default:
        return this.#checksum();
    }
  }

  #openFrame(): boolean {
    const prefix = this.#framing === 'records' ? 4 : 0;
    if (this.#left < prefix + 8) return false;
    const magic = this.#word(prefix);
    if (magic === MAGIC) {
      this.#at += prefix;
      this.#state = 'header';
      this.#decoder = new Decompress((bytes) => this.#take(bytes));
      return true;
    }
    if ((magic & 0xfffffff0) >>> 0 !== SKIPPABLE) throw new Error('no frame begins here');
    this.#toSkip = prefix + 8 + this.#word(prefix + 4);
    this.#state = 'skip';
    return true;
  }

  #word(offset: number): number {
    const { buffer, byteOffset } = this.#buffer;
    return new DataView(buffer, byteOffset + this.#at + offset, 4).getUint32(0, true);
  }

  #header(): boolean {
    if (this.#left < 5) return false;
    const descriptor = this.#buffer[this.#at + 4];
    const isSingle = (descriptor & 0x20) !== 0;
    const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6];
    const length = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][descriptor & 3] + sizeBytes;
    if (this.#left < length) return false;
    this.#hasChecksum = (descriptor & 4) !== 0;
    this.#push(length, false);
    this.#state = 'block';
    return true;
  }

  #block(): boolean {
    if (this.#left < 3) return false;
    const { [this.#at]: a, [this.#at + 1]: b, [this.#at + 2]: c } = this.#buffer;
    const header = a | (b << 8) | (c << 16);
    const isRepeated = ((header >> 1) & 3) === 1;
    const length = 3 + (isRepeated ? 1 : header >> 3);
    if (this.#left < length) return false;
    const isLast = (header & 1) === 1;
    this.#push(length, isLast && !this.#hasChecksum);
    if (!isLast) return true;
    this.#state = 'checksum';
    return this.#checksum();
  }

  #checksum(): boolean {
    if (this.#hasChecksum) {
      if (this.#left < 4) return false;
      this.#push(4, true);
    }
    this.#decoder = null;
    this.#state = 'frame';
    if (this.#framing === 'records') this.#endRecord();
    return true;
  }

  #push(length: number, isLast: boolean): void {
    const bytes = this.#buffer.slice(this.#at, this.#at + length);
    this.#at += length;
    this.#decoder?.push(bytes, isLast);
  }

  #take(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    // A copy: the decoder goes on using its window.
    if (this.#framing === 'stream') this.#emit(bytes.slice());
    else {
      this.#recordBytes += bytes.length;
      if (this.#recordBytes > LARGEST_RECORD) throw new Error('a record is larger than 256 MB');
      this.#record.push(bytes.slice());
    }
  }

  #endRecord(): void {
    const bytes = joinBytes(this.#record);
    this.#record = [];
    this.#recordBytes = 0;
    if (bytes[0] === OPEN_BRACE || bytes[0] === OPEN_BRACKET) {
      this.#emit(bytes);
      this.#emit(NEWLINE);
    } else {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, bytes.length);
      this.#emit(length);
      this.#emit(bytes);
    }
  }

  #emit(bytes: Uint8Array): void {
    this.#ready.push(bytes);
    this.#readyBytes += bytes.length;
    this.#emitted += bytes.length;
  }

  #finish(): void {
    if (this.#left === 0 && this.#state === 'frame') {
      this.#ended = true;
      return;
    }
    const message = `The zstd data are cut off at byte ${this.#compressed}; what came before was read.`;
    this.#stop('zstd-truncated', message);
  }

  #stop(code: string, message: string): void {
    this.#ended = true;
    this.#notes.note(code, 'kept', message, { bytePosition: this.#emitted, line: null });
  }
}
