/** What the dataset worker does: keeps the store and the open dataset, imports, answers. Knows no thread. */
import type { Segment } from '../src/columns/segment.ts';
import type { SegmentLoader, SegmentPlace } from '../src/columns/span-source.ts';
import type { Ruleset } from '../src/model/ruleset.ts';
import type { DatasetSummary } from '../src/model/dataset.ts';
import { AS_FOUND, type FormatName, type ImportOptions } from '../src/model/import-choice.ts';
import type { DatasetStore } from '../src/store/dataset-store.ts';
import type { OpenedStore } from '../src/store/open-store.ts';
import { secondDataset } from '../src/query/second-dataset.ts';
import type { Outcome, QuestionName, Questions } from './api.ts';
import { runImport, type ImportRequest } from './import-job.ts';
import { nextTurn } from './event-loop.ts';
import { IngestPool, type IngestWorker } from './ingest-pool.ts';
import { openDataset, type Assembler, type OpenDataset } from './open-dataset.ts';
import type { Answerer, DatasetApi, ImportObserver } from './thread-api.ts';
import { warmUp } from './warm-up.ts';
import { toOutcome, WorkFailure } from './work-failure.ts';

export interface SessionTools<Requests> {
  readonly openStore: () => Promise<OpenedStore<Segment, Requests>>;
  readonly startIngest: () => IngestWorker;
  readonly ingestWorkers: number;
  readonly newAssembler: () => Assembler<Requests>;
  readonly answer: Answerer<Requests>;
  /** Works out what questions will need, a step at a time. */
  readonly prepareAtRest: (requests: Requests, load: SegmentLoader) => AsyncIterator<void>;
  /** Resolves when a page that has just got a dataset has asked for what it shows of it. */
  readonly quiet: () => Promise<void>;
  /** ms, monotonic. */
  readonly nowMs: () => number;
}

export class DatasetSession<Requests> implements DatasetApi {
  readonly #tools: SessionTools<Requests>;
  readonly #opened: Promise<OpenedStore<Segment, Requests>>;
  readonly #swept: Promise<string[]>;
  readonly #pool: IngestPool;
  /** What `ask` is about; a promise, so that questions wait for a dataset that is being opened. */
  #open: Promise<OpenDataset<Requests> | null> = Promise.resolve(null);
  /** Opened beside it by a question about two. */
  #second: { readonly id: number; readonly opening: Promise<OpenDataset<Requests>> } | null = null;
  #running: AbortController | null = null;
  /** Questions so far. */
  #asked = 0;
  readonly #warming = new AbortController();

  constructor(tools: SessionTools<Requests>) {
    this.#tools = tools;
    this.#pool = new IngestPool(tools.startIngest, tools.ingestWorkers);
    this.#opened = tools.openStore();
    this.#swept = this.#opened.then(({ store }) => store.sweep());
  }

  /** Ends by itself when there is something to do. */
  async warmUp(): Promise<void> {
    await warmUp({ ...this.#tools, pool: this.#pool }, this.#warming.signal).catch(() => undefined);
  }

  async notices(): Promise<readonly string[]> {
    const { trouble } = await this.#opened;
    const cleared = await this.#swept;
    const unfinished = cleared.map(
      (label) =>
        `The import of ${label} was not finished; what was left of it is removed. Drop the file again.`,
    );
    return trouble
      ? [`${trouble.message} Datasets are kept until the page is closed.`, ...unfinished]
      : unfinished;
  }

  list(): Promise<Outcome<readonly DatasetSummary[]>> {
    return this.#withStore((store) => store.list());
  }

  open(id: number): Promise<Outcome<DatasetSummary>> {
    this.#warming.abort();
    return this.#withStore(async (store) => {
      const opening = openDataset(store, id, this.#tools.newAssembler);
      const previous = this.#open;
      // Where it cannot be opened, questions go on about the previous one.
      this.#open = opening.then(undefined, () => previous);
      this.#second = null;
      const opened = await opening;
      void this.#prepareAtRest(store, opened);
      return opened.summary;
    });
  }

  rename(id: number, name: string): Promise<Outcome<null>> {
    return this.#withStore(async (store) => {
      await store.rename(id, name);
      return null;
    });
  }

  remove(id: number): Promise<Outcome<null>> {
    return this.#withStore(async (store) => {
      await store.remove(id);
      if ((await this.#open)?.summary.id === id) this.#open = Promise.resolve(null);
      this.#forgetSecond(id);
      return null;
    });
  }

  importFiles(
    files: readonly File[],
    into: number | null,
    observer: ImportObserver,
    options: ImportOptions = AS_FOUND,
  ): Promise<Outcome<DatasetSummary>> {
    return this.#import(observer, () => Promise.resolve({ files, into, reuse: false, options }));
  }

  formats(): Promise<Outcome<readonly FormatName[]>> {
    return toOutcome(() => this.#pool.run(new AbortController().signal, (worker) => worker.formats()));
  }

  importDemo(observer: ImportObserver): Promise<Outcome<DatasetSummary>> {
    return this.#import(observer, async (signal) => ({
      files: await this.#pool.run(signal, (worker) => worker.demo()),
      into: null,
      reuse: true,
      options: AS_FOUND,
    }));
  }

  cancelImport(): Promise<void> {
    this.#running?.abort();
    return Promise.resolve();
  }

  ask<Q extends QuestionName>(
    question: Q,
    params: Questions[Q]['params'],
    rules: Ruleset | null = null,
  ): Promise<Outcome<Questions[Q]['answer']>> {
    this.#asked++;
    return toOutcome(async () => {
      const open = await this.#open;
      if (!open) throw new WorkFailure('not-found', 'No dataset is open.');
      const { store } = await this.#opened;
      const id = secondDataset(question, params);
      const other = id === null ? null : await this.#openSecond(store, id);
      const second = other && { requests: other.requests, load: loaderOf(store, other) };
      return this.#tools.answer(open.requests, question, params, {
        load: loaderOf(store, open),
        rules,
        second,
      });
    });
  }

  closeSecond(id: number): Promise<Outcome<null>> {
    this.#forgetSecond(id);
    return Promise.resolve({ ok: true, value: null });
  }

  async #openSecond(store: DatasetStore<Segment, Requests>, id: number): Promise<OpenDataset<Requests>> {
    const open = await this.#open;
    if (open?.summary.id === id) return open;
    if (this.#second?.id !== id) {
      this.#second = { id, opening: openDataset(store, id, this.#tools.newAssembler) };
    }
    try {
      return await this.#second.opening;
    } catch (error) {
      this.#forgetSecond(id);
      throw error;
    }
  }

  #forgetSecond(id: number): void {
    if (this.#second?.id === id) this.#second = null;
  }

  async #import(
    observer: ImportObserver,
    request: (signal: AbortSignal) => Promise<ImportRequest>,
  ): Promise<Outcome<DatasetSummary>> {
    if (this.#running) return toOutcome(() => Promise.reject(anotherRuns()));
    // At once: cancelling may be the next message.
    const running = new AbortController();
    this.#running = running;
    this.#warming.abort();
    const { newAssembler, nowMs } = this.#tools;
    const outcome = await this.#withStore(async (store) => {
      const tools = { store, pool: this.#pool, newAssembler, observer, running, nowMs };
      const opened = await runImport(await request(running.signal), tools);
      this.#open = Promise.resolve(opened);
      this.#second = null;
      void this.#prepareAtRest(store, opened);
      return opened.summary;
    });
    this.#running = null;
    return outcome;
  }

  /** Ends early when another dataset is open; waits while somebody asks. */
  async #prepareAtRest(store: DatasetStore<Segment, Requests>, opened: OpenDataset<Requests>): Promise<void> {
    try {
      await this.#tools.quiet();
      await store.settled();
      const steps = this.#tools.prepareAtRest(opened.requests, loaderOf(store, opened));
      let asked = this.#asked;
      while ((await this.#open) === opened) {
        if (this.#asked !== asked) {
          asked = this.#asked;
          await this.#tools.quiet();
        } else if ((await steps.next()).done) return;
        else await nextTurn();
      }
    } catch {
      // Whoever asks for it is told.
    }
  }

  #withStore<T>(work: (store: DatasetStore<Segment, Requests>) => Promise<T>): Promise<Outcome<T>> {
    return toOutcome(async () => work((await this.#opened).store));
  }
}

function loaderOf<Requests>(
  store: DatasetStore<Segment, Requests>,
  { summary, segments }: OpenDataset<Requests>,
): SegmentLoader {
  return async (place: SegmentPlace) => segments.get(place) ?? (await store.segmentAt(summary.id, place));
}

function anotherRuns(): WorkFailure {
  return new WorkFailure('internal', 'Another import is running: cancel it or wait for its end.');
}
