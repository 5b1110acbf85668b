/** One import: files → segments → requests → store. Knows no thread: pool, store and assembler are given. */
import type { Segment } from '../src/columns/segment.ts';
import type { DatasetSummary, SourceFile } from '../src/model/dataset.ts';
import type { ImportOptions } from '../src/model/import-choice.ts';
import type { DatasetStore } from '../src/store/dataset-store.ts';
import type { PendingImport } from '../src/store/pending-import.ts';
import type { DatasetFacts } from '../src/store/stored-types.ts';
import { lackLines, mergeNotes } from '../src/model/import-note.ts';
import { ProgressMeter } from './import-progress.ts';
import type { IngestPool, IngestWorker } from './ingest-pool.ts';
import { countRecords, openDataset, type Assembler, type OpenDataset } from './open-dataset.ts';
import { datasetName, describeNothingRead, sourceFile, type FileTally } from './source-files.ts';
import { SegmentsAtHand } from './segments-at-hand.ts';
import type { ImportObserver, PartReceiver, PlannedFile } from './thread-api.ts';
import { cancelled, toWireError, WorkFailure } from './work-failure.ts';

const ORPHANS_ONLY = 'only errors and events of spans that are not in the data';

export interface ImportRequest {
  readonly files: readonly File[];
  /** The dataset to add to; null: a new one. */
  readonly into: number | null;
  /** Open a dataset that holds the same spans already, instead of keeping another. */
  readonly reuse: boolean;
  readonly options: ImportOptions;
}

export interface ImportTools<Requests> {
  readonly store: DatasetStore<Segment, Requests>;
  readonly pool: IngestPool;
  readonly newAssembler: () => Assembler<Requests>;
  readonly observer: ImportObserver;
  /** Aborted to cancel the import, and by the import itself when it fails: then its workers stop. */
  readonly running: AbortController;
  /** ms, monotonic. */
  readonly nowMs: () => number;
}

/** Throws WorkFailure or StoreError; then nothing of the import is left. */
export async function runImport<Requests>(
  request: ImportRequest,
  tools: ImportTools<Requests>,
): Promise<OpenDataset<Requests>> {
  const { running } = tools;
  const job = new ImportJob(request, tools);
  try {
    return await job.run();
  } catch (cause) {
    const wasCancelled = running.signal.aborted;
    running.abort();
    await job.discard();
    throw wasCancelled ? cancelled() : cause;
  }
}

class ImportJob<Requests> {
  readonly #request: ImportRequest;
  readonly #tools: ImportTools<Requests>;
  readonly #assembler: Assembler<Requests>;
  readonly #progress: ProgressMeter;
  #pending: PendingImport<Segment, Requests> | null = null;
  readonly #segments = new SegmentsAtHand();
  /** Records of the dataset that is added to. */
  #baseRecords = 0;
  /** All segments handed to the store so far are on the disk. Awaited before the end. */
  #written: Promise<unknown> = Promise.resolve();
  /** All but the one handed over last are. */
  #nearlyWritten: Promise<unknown> = Promise.resolve();

  constructor(request: ImportRequest, tools: ImportTools<Requests>) {
    this.#request = request;
    this.#tools = tools;
    this.#assembler = tools.newAssembler();
    const fileBytes = request.files.reduce((sum, file) => sum + file.size, 0);
    this.#progress = new ProgressMeter(
      fileBytes,
      (progress) => tools.observer.progress(progress),
      tools.nowMs,
    );
  }

  async run(): Promise<OpenDataset<Requests>> {
    const { files, into, reuse } = this.#request;
    const planned = (await Promise.all(files.map((file) => this.#plan(file)))).flat();
    const tallies = planned.map((one): FileTally => ({ planned: one, spans: 0, notes: [] }));
    if (planned.every((one) => one.refusal !== null)) this.#failWithNothingRead(tallies);

    const base = await this.#addBase(into);
    const pending = await this.#begin();
    await this.#readAll(tallies, base?.files.length ?? 0, pending);
    if (tallies.every((tally) => tally.spans === 0)) this.#failWithNothingRead(tallies);

    this.#enter('assembling');
    const { requests, fingerprint, counts, range, files: byFile = [] } = this.#assembler.finish();
    if (counts.spans === 0) this.#failWithNothingRead(tallies, ORPHANS_ONLY);
    this.#enter('storing');
    const same = reuse ? await this.#openSame(fingerprint) : null;
    if (same) {
      await this.discard();
      return same;
    }
    const sources = [...(base?.files ?? []), ...tallies.map(sourceFile)].map((source, number) => ({
      ...source,
      counts: byFile[number],
    }));
    const facts: DatasetFacts = {
      name: base?.name ?? (await this.#name(sources)),
      fingerprint,
      importedAt: Date.now(),
      files: sources,
      counts: countRecords(counts, sources),
      range,
    };
    const summary = await this.#commit(pending, facts, requests);
    return { summary, requests, segments: this.#segments };
  }

  /** What is still being written would stay otherwise. */
  async discard(): Promise<void> {
    await this.#written.catch(() => undefined);
    await this.#pending?.discard();
  }

  async #plan(file: File): Promise<readonly PlannedFile[]> {
    const planned = await this.#during(file.name, () =>
      this.#onWorker((worker) => worker.plan(file, this.#request.options, this.#tools.pool.size)),
    );
    for (const { refusal, sizeBytes } of planned) if (refusal !== null) this.#progress.read(sizeBytes, 0);
    return planned;
  }

  /** The spans that the dataset holds already take part in the assembly. */
  async #addBase(into: number | null): Promise<DatasetSummary | null> {
    if (into === null) return null;
    const summary = await this.#tools.store.summary(into);
    this.#baseRecords = summary.counts.records;
    for await (const { segment, place } of this.#tools.store.segments(into)) {
      this.#ensureGoingOn();
      this.#assembler.add(segment, place, this.#baseRecords);
      this.#segments.add(place, segment);
    }
    return summary;
  }

  async #begin(): Promise<PendingImport<Segment, Requests>> {
    this.#ensureGoingOn();
    const { files, into } = this.#request;
    const label = files.length === 1 ? files[0].name : `${files[0].name} + ${files.length - 1} more`;
    const fileBytes = files.reduce((sum, file) => sum + file.size, 0);
    this.#pending = await this.#tools.store.begin({ label, into, fileBytes });
    return this.#pending;
  }

  /** Parts are handed to idle workers in the order of the files. */
  async #readAll(
    tallies: readonly FileTally[],
    firstFile: number,
    pending: PendingImport<Segment, Requests>,
  ): Promise<void> {
    const reads = tallies.flatMap((tally, index) => {
      const parts = tally.planned.refusal === null ? tally.planned.parts : 0;
      return Array.from({ length: parts }, (_, part) =>
        this.#during(tally.planned.name, () =>
          this.#readPart(tally, part, this.#receiver(tally, { file: firstFile + index, part }, pending)),
        ),
      );
    });
    await Promise.all(reads);
    await Promise.all(tallies.map((tally) => this.#numberLines(tally)));
  }

  /** A part in the middle of a file cannot know in which line it stands. */
  async #numberLines(tally: FileTally): Promise<void> {
    const { planned } = tally;
    const notes = mergeNotes(tally.notes);
    if (!lackLines(notes)) return;
    const number = () => this.#onWorker((worker) => worker.numberLines(planned, notes));
    tally.notes = [await this.#during(planned.name, number)];
  }

  #readPart(tally: FileTally, part: number, receiver: PartReceiver): Promise<void> {
    return this.#onWorker(async (worker) => {
      this.#progress.file(tally.planned.name);
      const report = await worker.read({ planned: tally.planned, part }, receiver);
      tally.notes[part] = report.notes;
    });
  }

  #receiver(
    tally: FileTally,
    at: { file: number; part: number },
    pending: PendingImport<Segment, Requests>,
  ): PartReceiver {
    let seq = 0;
    return {
      segment: async (segment) => {
        this.#ensureGoingOn();
        const place = { ...at, seq: seq++ };
        tally.spans += segment.spanCount;
        this.#assembler.add(segment, place, this.#baseRecords + this.#progress.expectedSpans);
        this.#segments.add(place, segment);
        // The disk may take two while the next is read, and the last ones while the spans are assembled.
        const before = this.#nearlyWritten;
        this.#nearlyWritten = this.#written;
        this.#written = Promise.all([this.#written, pending.write({ place, segment })]);
        this.#written.catch(() => undefined);
        await before;
      },
      progress: (bytes, spans) => this.#progress.read(bytes, spans),
    };
  }

  async #commit(
    pending: PendingImport<Segment, Requests>,
    facts: DatasetFacts,
    requests: Requests,
  ): Promise<DatasetSummary> {
    await this.#written;
    // The page decides: it may have been cancelled while this thread was assembling.
    if (!(await this.#tools.observer.mayCommit())) throw cancelled();
    return this.#tools.store.commit(pending, this.#request.into, { facts, requests });
  }

  async #openSame(fingerprint: string): Promise<OpenDataset<Requests> | null> {
    const same = (await this.#tools.store.list()).find((dataset) => dataset.fingerprint === fingerprint);
    return same ? openDataset(this.#tools.store, same.id, this.#tools.newAssembler) : null;
  }

  async #name(files: readonly SourceFile[]): Promise<string> {
    return datasetName(files, new Set((await this.#tools.store.list()).map((dataset) => dataset.name)));
  }

  #enter(phase: 'assembling' | 'storing'): void {
    this.#ensureGoingOn();
    this.#progress.phase(phase);
  }

  #onWorker<T>(use: (worker: IngestWorker) => Promise<T>): Promise<T> {
    return this.#tools.pool.run(this.#tools.running.signal, use);
  }

  #ensureGoingOn(): void {
    if (this.#tools.running.signal.aborted) throw cancelled();
  }

  /** What goes wrong names the file. */
  async #during<T>(name: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const { code, message } = toWireError(cause);
      throw new WorkFailure(code, code === 'cancelled' ? message : `${name}: ${message}`);
    }
  }

  #failWithNothingRead(tallies: readonly FileTally[], reason: string | null = null): never {
    const files = tallies.map(sourceFile).map((file) => ({ ...file, refusal: file.refusal ?? reason }));
    throw new WorkFailure('nothing-read', describeNothingRead(files), files);
  }
}
