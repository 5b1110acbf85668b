/** A planned part of a file as a stream of bytes, its containers taken off. */
import type { NoteSink } from '../model/import-note.ts';
import type { FilePart, FilePlan } from './file-plan.ts';
import { GunzipSource, type NativeGunzip } from './gunzip.ts';
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
  let told = 0;
  const sourceOptions: SourceOptions = {
    ...options,
    onBytes: (bytes) => {
      // The second attempt at a gzip file begins again; nothing is told twice.
      if (bytes > told) options.onBytes?.(bytes - told);
      told = Math.max(told, bytes);
    },
  };
  if (plan.parts.length > 1) return new LineRangeSource(file, sourceOptions, part);
  let open = (): ByteSource => new BlobSource(file, sourceOptions);
  for (const container of plan.containers) {
    const inner = open;
    if (container === 'gzip')
      open = () => new GunzipSource({ open: inner, notes, native: options.nativeGunzip });
  }
  return open();
}
