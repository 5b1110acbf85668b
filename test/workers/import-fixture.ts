/**
 * Imports without threads: files of text where a line is a part and each number in it a span, ';' ends a segment.
 * 'REFUSED …' is no trace; 'DIES' kills the worker that reads it; 'BAD' is a record that cannot be read.
 */
import type { FilePlan } from '../../src/formats/file-plan.ts';
import { SegmentBuilder } from '../../src/columns/segment-builder.ts';
import type { Segment } from '../../src/columns/segment.ts';
import { currentSegment } from '../../src/columns/segment-upgrades.ts';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { ImportNote } from '../../src/model/dataset.ts';
import type { OpenedStore } from '../../src/store/open-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { StoreTools } from '../../src/store/dataset-store.ts';
import type { LayoutVersions, SegmentPlace } from '../../src/store/stored-types.ts';
import { DatasetSession } from '../../workers/dataset-session.ts';
import type { ImportProgress } from '../../workers/api.ts';
import type { Assembler } from '../../workers/open-dataset.ts';
import type { IngestWorker } from '../../workers/ingest-pool.ts';
import type { ImportObserver, PartReport, PartTask } from '../../workers/thread-api.ts';
import { WorkFailure } from '../../workers/work-failure.ts';
import { toolsOf, type TestBrowser } from '../store/store-fixture.ts';

export interface FakeRequests {
  /** Span ids in canonical order of their places. */
  readonly spans: readonly number[];
}

export interface IngestFakes {
  readonly workers: number;
  /** Awaited before each segment: decides which part goes ahead. */
  readonly beforeSegment: (task: PartTask) => Promise<void>;
  /** They do not hear that they shall stop. */
  readonly deaf: boolean;
  /** What the dataset worker does when nobody asks, a step at a time. */
  readonly atRest: (spans: readonly number[]) => AsyncGenerator<void>;
}

export const DEFAULT_FAKES: IngestFakes = {
  workers: 3,
  beforeSegment: () => Promise.resolve(),
  deaf: false,
  atRest: async function* () {},
};

export function fileOf(name: string, ...parts: string[]): File {
  return new File([parts.join('\n')], name);
}

export function segmentWith(ids: readonly number[]): Segment {
  const sealed: Segment[] = [];
  const builder = new SegmentBuilder((segment) => sealed.push(segment));
  for (const id of ids) {
    const slot = builder.openResource();
    builder.closeResource(slot);
    builder.openSpan(slot, builder.scope(0, 0));
    builder.traceId(0, 0, 0, 1);
    builder.spanId(0, id);
    builder.name(builder.textOf(`span ${id}`));
    builder.closeSpan();
  }
  builder.finish();
  return sealed[0];
}

export class FakeAssembler implements Assembler<FakeRequests> {
  readonly #taken: { place: SegmentPlace; ids: number[] }[] = [];

  add(segment: Segment, place: SegmentPlace): void {
    const ids = Array.from({ length: segment.spanCount }, (_, i) => segment.spanIds[2 * i + 1]);
    this.#taken.push({ place, ids });
  }

  finish() {
    const inOrder = this.#taken.sort(
      ({ place: a }, { place: b }) => a.file - b.file || a.part - b.part || a.seq - b.seq,
    );
    const spans = inOrder.flatMap(({ ids }) => ids);
    const fingerprint = [...spans]
      .sort((a, b) => a - b)
      .join('')
      .padStart(32, '0');
    const none = { duplicates: 0, services: 1, inferredRequests: 0, spansWithoutTime: 0, brokenParents: 0 };
    const rest = { clockProblems: 0, linksNotFound: 0, loopsCut: 0, traces: 1, requests: spans.length };
    return {
      requests: { spans },
      fingerprint,
      counts: { ...none, ...rest, spans: spans.length },
      range: null,
    };
  }
}

export class FakeIngest implements IngestWorker {
  readonly #fakes: IngestFakes;
  #dead = false;
  /** Set while a part is read: ends the reading. */
  #cancelReading: (() => void) | null = null;
  cancels = 0;

  constructor(fakes: IngestFakes) {
    this.#fakes = fakes;
  }

  rehearse() {
    return Promise.reject(new Error('nothing is warmed up here'));
  }

  formats() {
    return Promise.resolve([{ id: 'numbers', label: 'numbers' }]);
  }

  /** In an archive, files are parted by lines of dashes, and numbered. */
  async plan(file: File) {
    // Node's channels make a Blob without a name of a File.
    if (!String(file.name).endsWith('.zip')) return [await this.#plan(file, file.name)];
    const entries = (await file.text()).split('\n---\n');
    return Promise.all(
      entries.map((entry, i) => this.#plan(new File([entry], file.name), `${file.name}/${i + 1}`)),
    );
  }

  async #plan(file: File, name: string) {
    const text = await file.text();
    const refusal = text.startsWith('REFUSED') ? text.slice(8) : null;
    const parts = refusal === null ? text.split('\n').length : 0;
    const plan = {} as FilePlan;
    const format = refusal === null ? 'Lines' : null;
    return { file, name, sizeBytes: file.size, plan, format, containers: [], refusal, parts };
  }

  read(task: PartTask, receiver: Parameters<IngestWorker['read']>[1]) {
    return new Promise<PartReport>((resolve, reject) => {
      this.#cancelReading = () => reject(new Error('aborted'));
      this.#read(task, receiver).then(resolve, reject);
    });
  }

  async #read(task: PartTask, receiver: Parameters<IngestWorker['read']>[1]): Promise<PartReport> {
    if (this.#dead) throw new WorkFailure('worker-died', 'A worker of this page stopped.');
    const line = (await task.planned.file.text()).split('\n')[task.part];
    if (line === 'DIES') {
      this.#dead = true;
      throw new WorkFailure('worker-died', 'A worker of this page stopped.');
    }
    for (const chunk of line.split(';')) {
      await this.#fakes.beforeSegment(task);
      const ids = chunk
        .split(' ')
        .map(Number)
        .filter((id) => id > 0);
      if (ids.length > 0) await receiver.segment(segmentWith(ids));
      receiver.progress(chunk.length + 1, ids.length);
    }
    const bad = line.split('BAD').length - 1;
    const note = {
      code: 'bad',
      effect: 'rejected',
      count: bad,
      message: 'a bad record',
      bytePosition: 9,
      line: null,
    } as const;
    return { notes: bad > 0 ? [note] : [] };
  }

  numberLines(_planned: unknown, notes: readonly ImportNote[]) {
    const numbered = notes.map((note) => {
      const examples = note.examples?.map((example) => ({ ...example, line: 7 }));
      return examples ? { ...note, line: 7, examples } : { ...note, line: 7 };
    });
    return Promise.resolve(numbered);
  }

  demo() {
    return Promise.resolve([fileOf('headwater-demo.jsonl', '7 8 9')]);
  }

  cancel(): Promise<void> {
    this.cancels += 1;
    if (!this.#fakes.deaf) this.#cancelReading?.();
    return Promise.resolve();
  }

  isDead(): boolean {
    return this.#dead;
  }

  die(): void {
    this.#dead = true;
  }
}

export interface TestSession {
  readonly session: DatasetSession<FakeRequests>;
  /** Every ingest worker that was started. */
  readonly started: FakeIngest[];
}

/** A page that opened on this browser. */
export function openSession(
  browser: TestBrowser,
  fakes: Partial<IngestFakes> = {},
  storeTools: Partial<StoreTools> = {},
  versions: LayoutVersions = { columns: 1, requests: 1 },
): TestSession {
  const all = { ...DEFAULT_FAKES, ...fakes };
  const started: FakeIngest[] = [];
  const session = new DatasetSession<FakeRequests>({
    openStore: (): Promise<OpenedStore<Segment, FakeRequests>> =>
      openStore({
        dexie: browser.dexie,
        versions,
        currentSegment,
        tools: { ...toolsOf(browser), ...storeTools },
      }),
    startIngest: () => {
      const worker = new FakeIngest(all);
      started.push(worker);
      return worker;
    },
    ingestWorkers: all.workers,
    newAssembler: () => new FakeAssembler(),
    // Whatever the question: the spans of the open dataset, and of the second one where it is about two.
    answer: (requests, _question, _params, { second }) =>
      Promise.resolve({ spans: requests.spans, ...(second && { second: second.requests.spans }) } as never),
    prepareAtRest: ({ spans }) => all.atRest(spans),
    quiet: () => Promise.resolve(),
    nowMs: () => 0,
  });
  return { session, started };
}

export class TestObserver implements ImportObserver {
  readonly seen: ImportProgress[] = [];
  allow = true;

  progress(progress: ImportProgress): void {
    this.seen.push(progress);
  }

  mayCommit(): Promise<boolean> {
    return Promise.resolve(this.allow);
  }
}

/** The span ids of the open dataset and of another one, as one question sees them. */
export async function comparedSpans(session: DatasetSession<FakeRequests>, other: number): Promise<unknown> {
  const target = { service: { name: 'a', type: 'service' }, endpoint: null, instance: null } as const;
  const side = { target, filter: EVERYTHING };
  const outcome = await session.ask('compare', { ...side, other: { ...side, dataset: other } });
  return outcome.ok ? outcome.value : outcome.error;
}

/** The span ids of the open dataset, in canonical order. */
export async function openSpans(session: DatasetSession<FakeRequests>): Promise<unknown> {
  const outcome = await session.ask('services', {
    filter: EVERYTHING,
  });
  return outcome.ok ? (outcome.value as unknown as FakeRequests).spans : outcome.error;
}
