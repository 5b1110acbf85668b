/** The thread border: types only, plain data (DESIGN.md §2). */
import type { Ruleset } from '../src/model/ruleset.ts';
import type { DatasetSummary, SourceFile } from '../src/model/dataset.ts';
import type { FormatName, ImportOptions } from '../src/model/import-choice.ts';
import type { QuestionName, Questions } from '../src/query/questions.ts';

export type { QuestionName, Questions };

export interface ImportProgress {
  readonly phase: 'reading' | 'assembling' | 'storing';
  /** Bytes of the dropped files (as on disk, compressed) consumed so far, and in all. */
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly spans: number;
  /** Name of the file being read. */
  readonly file: string;
}

/** Error codes the page branches on; everything else is 'internal'. */
export type ErrorCode =
  'cancelled' | 'nothing-read' | 'worker-died' | 'not-found' | 'storage' | 'newer-version' | 'internal';

export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  /** Of 'nothing-read': what the files are. */
  readonly files?: readonly SourceFile[];
}

/** Expected trouble travels as a value: Comlink keeps only the message of what is thrown. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

/** What a page needs of the threads; implemented by workers/client.ts, faked in tests. */
export interface Client {
  /** Stored and in-memory datasets, newest first. */
  list(): Promise<Outcome<readonly DatasetSummary[]>>;
  /** Makes it the one that `ask` answers about. */
  open(id: number): Promise<Outcome<DatasetSummary>>;
  rename(id: number, name: string): Promise<Outcome<null>>;
  remove(id: number): Promise<Outcome<null>>;
  /** into: the dataset to add to, null: a new one. The result is open afterwards. One import at a time. */
  importFiles(
    files: readonly File[],
    into: number | null,
    onProgress: (progress: ImportProgress) => void,
    options?: ImportOptions,
  ): Promise<Outcome<DatasetSummary>>;
  /** All formats that a file may be read as. */
  formats(): Promise<Outcome<readonly FormatName[]>>;
  /** Generates the demo in a worker and imports it the ordinary way. */
  importDemo(onProgress: (progress: ImportProgress) => void): Promise<Outcome<DatasetSummary>>;
  /** Ends the running import; nothing of it is left behind. Its promise resolves to 'cancelled'. */
  cancelImport(): Promise<void>;
  /** `rules`: what counts as failed; null or left out: the rules of SEMANTICS §7. */
  ask<Q extends QuestionName>(
    question: Q,
    params: Questions[Q]['params'],
    rules?: Ruleset | null,
  ): Promise<Outcome<Questions[Q]['answer']>>;
  /** Frees the second dataset that a question was about, if it is this one (query/second-dataset.ts). */
  closeSecond(id: number): Promise<Outcome<null>>;
  /** Called when another tab changed the stored datasets. Returns the unsubscriber. */
  onDatasetsChanged(listener: () => void): () => void;
  /**
   * Told once after the start, in sentences, what happened without being asked for: an unfinished import
   * was cleared away, the browser gives no storage. Returns the unsubscriber.
   */
  onNotice?(listener: (text: string) => void): () => void;
}
