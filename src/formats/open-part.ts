/** A planned part of a file as a stream of bytes, its containers taken off. */
import type { NoteSink } from '../model/import-note.ts';
import type { FilePart, FilePlan } from './file-plan.ts';
import type { NativeGunzip } from './gunzip.ts';
import { DeferredSource, openLayers } from './layers.ts';
import { BlobSource, type ByteSource, LineRangeSource, type SourceOptions } from './source.ts';

export interface ReadOptions {
  /** Called with the bytes of the file consumed since the last call. */
  readonly onBytes?: (bytes: number) => void;
  /** Awaited before each chunk: slows the reading down to what its results are taken away at. */
  readonly beforeChunk?: () => Promise<void>;
  /** When it is aborted the reading rejects with its reason. */
  readonly signal?: AbortSignal;
  readonly chunkBytes?: number;
  /** For tests: null uses no DecompressionStream. */
  readonly nativeGunzip?: NativeGunzip | null;
}

/** The part's bytes, containers taken off. */
export function openPart(
  file: Blob,
  { plan, part }: { plan: FilePlan; part: FilePart },
  notes: NoteSink,
  options: ReadOptions,
): ByteSource {
  const progress = new PartProgress(plan, options);
  const source: SourceOptions = { ...options, onBytes: (bytes) => progress.read(bytes) };
  if (plan.parts.length > 1) return new LineRangeSource(file, source, part);
  if (plan.layers.length === 0 && plan.entry === null) return new BlobSource(file, source);
  return new DeferredSource(async () => {
    const native = options.nativeGunzip;
    const opened = await openLayers(file, plan.layers, { source, notes, native });
    return new ToldSource(opened.open(), () => progress.finish());
  });
}

/** Bytes consumed of a file that may be one of several in an archive: told once each, and no more than its share. */
class PartProgress {
  readonly #plan: FilePlan;
  readonly #options: ReadOptions;
  #told = 0;

  constructor(plan: FilePlan, options: ReadOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  /** `bytes` have been read since the beginning. A second attempt at a gzip file begins again. */
  read(bytes: number): void {
    const most = this.#plan.entry === null ? bytes : Math.min(bytes, this.#plan.sizeBytes);
    if (most <= this.#told) return;
    const more = most - this.#told;
    this.#told = most;
    this.#options.onBytes?.(more);
  }

  finish(): void {
    if (this.#plan.entry !== null) this.read(this.#plan.sizeBytes);
  }
}

/** Tells when the source has ended. */
class ToldSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #onEnd: () => void;

  constructor(source: ByteSource, onEnd: () => void) {
    this.#source = source;
    this.#onEnd = onEnd;
  }

  async next(): Promise<Uint8Array | null> {
    const chunk = await this.#source.next();
    if (!chunk) this.#onEnd();
    return chunk;
  }
}
