/** What is taken off a file before its format is read, outermost first: plain data, made by planFile. */
import { joinBytes } from '../util/bytes.ts';
import type { NoteSink } from '../model/import-note.ts';
import { EnvelopeSource } from './envelope.ts';
import { GunzipSource, type NativeGunzip } from './gunzip.ts';
import { MatrixSource } from './json-matrix.ts';
import { JsonTextSource } from './json-text-layer.ts';
import { type LogKind, LogSource } from './log-lines.ts';
import { BlobSource, type ByteSource, type SourceOptions } from './source.ts';
import { LengthPrefixedSource, Utf16Source } from './text-layers.ts';
import { UnzstdSource } from './unzstd.ts';
import { YamlSource } from './yaml-layer.ts';

export type Layer =
  | {
      readonly kind:
        | 'gzip'
        | 'zstd'
        | 'zstd-records'
        | 'length-prefixed'
        | 'utf-16le'
        | 'utf-16be'
        | 'json-text'
        | 'matrix'
        | 'yaml';
    }
  /** A file in an archive. */
  | { readonly kind: 'slice'; readonly from: number; readonly to: number }
  /** As in a zip archive: deflate without what gzip puts around it. */
  | { readonly kind: 'deflate'; readonly crc32: number; readonly bytes: number }
  /** Held as a whole: an archive that must be read from its end, within something else. */
  | { readonly kind: 'held' }
  | { readonly kind: 'log'; readonly log: LogKind }
  | { readonly kind: 'envelope'; readonly paths: readonly string[] };

export interface LayerOptions {
  readonly source: SourceOptions;
  readonly notes: NoteSink;
  readonly native?: NativeGunzip | null;
}

/** Bytes that can be had more than once; `blob`: at any place. */
export interface Opened {
  readonly blob: Blob | null;
  open(): ByteSource;
}

/** The file with its layers taken off. */
export async function openLayers(
  file: Blob,
  layers: readonly Layer[],
  options: LayerOptions,
): Promise<Opened> {
  let opened = ofBlob(file, options.source);
  for (const layer of layers) opened = await openLayer(opened, layer, options);
  return opened;
}

function ofBlob(blob: Blob, options: SourceOptions): Opened {
  return { blob, open: () => new BlobSource(blob, options) };
}

export async function openLayer(inner: Opened, layer: Layer, options: LayerOptions): Promise<Opened> {
  if (layer.kind === 'slice') return openSlice(inner, layer, options);
  if (layer.kind === 'held')
    return ofBlob(await hold(inner.open()), { ...options.source, onBytes: undefined });
  return { blob: null, open: () => take(inner, layer, options) };
}

type StreamedLayer = Exclude<Layer, { kind: 'slice' | 'held' }>;

function take(inner: Opened, layer: StreamedLayer, { notes, native }: LayerOptions): ByteSource {
  const counter: Counter = { bytes: 0 };
  const open = (): ByteSource => new CountedSource(inner.open(), counter);
  const limited = (source: ByteSource): ByteSource => new LimitedSource(source, counter, notes);
  switch (layer.kind) {
    case 'gzip':
      return limited(new GunzipSource({ open, notes, native }));
    case 'deflate':
      return limited(new GunzipSource({ open: () => new AsGzipSource(open(), layer), notes, native }));
    case 'zstd':
      return limited(new UnzstdSource(open(), notes));
    case 'zstd-records':
      return limited(new UnzstdSource(open(), notes, 'records'));
    case 'length-prefixed':
      return new LengthPrefixedSource(open(), notes);
    case 'json-text':
      return new JsonTextSource(open());
    case 'yaml':
      return new YamlSource(open(), notes);
    case 'matrix':
      return new MatrixSource(open(), notes);
    case 'log':
      return new LogSource(open(), layer.log);
    case 'envelope':
      return new EnvelopeSource(open(), layer.paths);
    default:
      return new Utf16Source(open(), layer.kind);
  }
}

function openSlice(inner: Opened, { from, to }: { from: number; to: number }, options: LayerOptions): Opened {
  if (inner.blob) return ofBlob(inner.blob.slice(from, to), options.source);
  return { blob: null, open: () => new SliceSource(inner.open(), from, to) };
}

/** Bytes [from, to) of a stream. */
export class SliceSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #from: number;
  readonly #to: number;
  #at = 0;

  constructor(source: ByteSource, from: number, to: number) {
    this.#source = source;
    this.#from = from;
    this.#to = to;
  }

  async next(): Promise<Uint8Array | null> {
    while (this.#at < this.#to) {
      const chunk = await this.#source.next();
      if (!chunk) return null;
      const at = this.#at;
      this.#at += chunk.length;
      const bytes = chunk.subarray(Math.max(0, this.#from - at), Math.max(0, this.#to - at));
      if (bytes.length > 0) return bytes;
    }
    return null;
  }
}

/** An archive in something else, which is held in memory to be read from its end. */
const LARGEST_HELD = 1024 ** 3;

async function hold(source: ByteSource): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (let chunk = await source.next(); chunk && bytes < LARGEST_HELD; chunk = await source.next()) {
    chunks.push(new Uint8Array(chunk));
    bytes += chunk.length;
  }
  return new Blob(chunks);
}

interface Counter {
  bytes: number;
}

class CountedSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #counter: Counter;

  constructor(source: ByteSource, counter: Counter) {
    this.#source = source;
    this.#counter = counter;
  }

  async next(): Promise<Uint8Array | null> {
    const chunk = await this.#source.next();
    this.#counter.bytes += chunk?.length ?? 0;
    return chunk;
  }
}

const MOST_BYTES = 64 * 1024 ** 3;
/** Nothing that people wrote is packed as densely as this beyond the first 256 MB. */
const DENSEST = 2000;
const SUSPICIOUS_BYTES = 256 * 1024 ** 2;

/** Stops where a small file unpacks without an end. */
class LimitedSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #packed: Counter;
  readonly #notes: NoteSink;
  #bytes = 0;
  #ended = false;

  constructor(source: ByteSource, packed: Counter, notes: NoteSink) {
    this.#source = source;
    this.#packed = packed;
    this.#notes = notes;
  }

  async next(): Promise<Uint8Array | null> {
    const chunk = this.#ended ? null : await this.#source.next();
    if (!chunk) return null;
    this.#bytes += chunk.length;
    const isBomb = this.#bytes > SUSPICIOUS_BYTES && this.#bytes > DENSEST * this.#packed.bytes;
    if (!isBomb && this.#bytes <= MOST_BYTES) return chunk;
    this.#ended = true;
    const message = isBomb
      ? 'It unpacks to more than 2,000 times its size, as only files made to do harm do; what came after 256 MB was not read.'
      : 'It unpacks to more than 64 GB; what came after was not read.';
    this.#notes.note('unpacks-too-large', 'kept', message, { bytePosition: this.#bytes, line: null });
    return null;
  }
}

/** A gzip header; no name, no time. */
const GZIP_HEADER = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** Deflated bytes as a gzip member: the archive's directory knows what stands at its end. */
class AsGzipSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  #state: 'start' | 'data' | 'end' = 'start';
  readonly #trailer: Uint8Array;

  constructor(source: ByteSource, { crc32, bytes }: { crc32: number; bytes: number }) {
    this.#source = source;
    this.#trailer = new Uint8Array(8);
    const view = new DataView(this.#trailer.buffer);
    view.setUint32(0, crc32, true);
    view.setUint32(4, bytes % 2 ** 32, true);
  }

  async next(): Promise<Uint8Array | null> {
    if (this.#state === 'end') return null;
    const chunk = await this.#source.next();
    if (!chunk) {
      this.#state = 'end';
      return this.#trailer;
    }
    if (this.#state === 'data') return chunk;
    this.#state = 'data';
    return joinBytes([GZIP_HEADER, chunk]);
  }
}

/** A source that must be waited for. */
export class DeferredSource implements ByteSource {
  readonly base = 0;
  readonly #open: () => Promise<ByteSource>;
  #source: ByteSource | null = null;

  constructor(open: () => Promise<ByteSource>) {
    this.#open = open;
  }

  async next(): Promise<Uint8Array | null> {
    this.#source ??= await this.#open();
    return this.#source.next();
  }
}
