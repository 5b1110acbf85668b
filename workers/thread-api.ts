/** What the threads say to each other behind workers/api.ts: types only. Typed arrays stay on this side. */
import type { Segment } from '../src/columns/segment.ts';
import type { SegmentLoader } from '../src/columns/span-source.ts';
import type { Ruleset } from '../src/model/ruleset.ts';
import type { DatasetSummary, ImportNote } from '../src/model/dataset.ts';
import type { FormatName, ImportOptions } from '../src/model/import-choice.ts';
import type { FilePlan } from '../src/formats/file-plan.ts';
import type { Client, ImportProgress, Outcome, QuestionName, Questions } from './api.ts';

/** A file, or a file in an archive, and how it will be read. */
export interface PlannedFile {
  /** What was dropped, or what was taken out of it. */
  readonly file: File;
  /** `archive.zip/traces.json` */
  readonly name: string;
  /** Of what was dropped: all of it, or the share of a file in an archive. */
  readonly sizeBytes: number;
  readonly plan: FilePlan;
  /** Label of the format; null: not recognised. */
  readonly format: string | null;
  readonly containers: readonly string[];
  /** Why nothing can be read; null: fine. */
  readonly refusal: string | null;
  /** Parts that any worker can read by itself. */
  readonly parts: number;
}

export interface PartTask {
  readonly planned: PlannedFile;
  /** Index below planned.parts. */
  readonly part: number;
}

/** What one part was found to hold, besides its segments. */
export interface PartReport {
  readonly notes: readonly ImportNote[];
}

/** Where an ingest worker delivers what it reads. */
export interface PartReceiver {
  /** Resolves when the segment is taken care of: the reader lets only few be under way. */
  segment(segment: Segment): Promise<void>;
  /** Consumed bytes of the file and spans found since the last call. */
  progress(bytes: number, spans: number): void;
}

/** One ingest worker. */
export interface IngestApi {
  /** At least one; several of an archive. `workers` will read the parts at the same time. */
  plan(file: File, options: ImportOptions, workers: number): Promise<readonly PlannedFile[]>;
  formats(): Promise<readonly FormatName[]>;
  read(task: PartTask, receiver: PartReceiver): Promise<PartReport>;
  /** Fills in the lines of notes of a whole file; costs a pass over it. */
  numberLines(planned: PlannedFile, notes: readonly ImportNote[]): Promise<readonly ImportNote[]>;
  /** The demo's files, generated; `spans`: about so many. */
  demo(spans?: number): Promise<File[]>;
  /** Reads the head of a file from very small pieces into very small segments. */
  rehearse(file: File, receiver: PartReceiver): Promise<void>;
  /** Ends what is being read, whose promise rejects; does nothing where nothing is. */
  cancel(): Promise<void>;
}

/** The page's side of a running import. */
export interface ImportObserver {
  progress(progress: ImportProgress): void;
  /** Asked once before the last transaction; false: it was cancelled. After true it cannot be. */
  mayCommit(): Promise<boolean>;
}

/** The dataset worker. */
export interface DatasetApi extends Pick<
  Client,
  'list' | 'open' | 'rename' | 'remove' | 'ask' | 'closeSecond' | 'formats'
> {
  importFiles(
    files: readonly File[],
    into: number | null,
    observer: ImportObserver,
    options?: ImportOptions,
  ): Promise<Outcome<DatasetSummary>>;
  importDemo(observer: ImportObserver): Promise<Outcome<DatasetSummary>>;
  /** Ends the running import, which then resolves to 'cancelled'. */
  cancelImport(): Promise<void>;
  /** Sentences about what happened without being asked for: no storage, unfinished imports cleared away. */
  notices(): Promise<readonly string[]>;
}

export type Answerer<Requests> = <Q extends QuestionName>(
  requests: Requests,
  question: Q,
  params: Questions[Q]['params'],
  /** `load` gives segments of the dataset that the requests are of; rules null: the default ones. */
  context: {
    readonly load: SegmentLoader;
    readonly rules: Ruleset | null;
    readonly second: { readonly requests: Requests; readonly load: SegmentLoader } | null;
  },
) => Promise<Questions[Q]['answer']>;
