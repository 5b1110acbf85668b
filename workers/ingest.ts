/** What an ingest worker does: plan a file, read one part of it into segments. */
import { SegmentBuilder } from '../src/columns/segment-builder.ts';
import type { Segment } from '../src/columns/segment.ts';
import { demoFiles } from '../src/demo/generate-demo.ts';
import { numberLines } from '../src/formats/note-lines.ts';
import { partBytesFor, planContents, planFile } from '../src/formats/plan-file.ts';
import { readPart } from '../src/formats/read-part.ts';
import { FORMATS } from '../src/formats/registry.ts';
import { MemorySource } from '../src/formats/source.ts';
import type { ImportNote } from '../src/model/dataset.ts';
import { AS_FOUND, type FormatName, type ImportOptions } from '../src/model/import-choice.ts';
import { Notes } from '../src/model/import-note.ts';
import { DeliveryWindow } from './delivery-window.ts';
import { giveWay } from './event-loop.ts';
import { KeptBuilder } from './kept-builder.ts';
import type { IngestApi, PartReceiver, PartReport, PartTask, PlannedFile } from './thread-api.ts';

/** Segments on their way to the dataset worker or waiting there for the disk. */
const SEGMENTS_UNDER_WAY = 2;
const PROGRESS_EVERY_MS = 200;
const REHEARSED_BYTES = 300_000;
const REHEARSED_CHUNK = 61;

/** One job at a time; between two jobs it holds nothing of a file. */
export class Ingest implements IngestApi {
  #running: AbortController | null = null;
  readonly #kept = new KeptBuilder();

  plan(file: File, options: ImportOptions = AS_FOUND, workers = 1): Promise<PlannedFile[]> {
    return plan(file, options, workers);
  }

  formats(): Promise<FormatName[]> {
    return Promise.resolve(FORMATS.map(({ id, label }) => ({ id, label })));
  }

  read(task: PartTask, receiver: PartReceiver): Promise<PartReport> {
    return this.#cancellable((signal) => read(task, receiver, { signal, kept: this.#kept }));
  }

  numberLines({ file, plan: found }: PlannedFile, notes: readonly ImportNote[]): Promise<ImportNote[]> {
    return this.#cancellable((signal) => numberLines(file, found, notes, readOptions(signal)));
  }

  demo(spans?: number): Promise<File[]> {
    return Promise.resolve(demo(spans));
  }

  rehearse(file: File, receiver: PartReceiver): Promise<void> {
    return rehearse(file, receiver);
  }

  cancel(): Promise<void> {
    this.#running?.abort();
    return Promise.resolve();
  }

  async #cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const running = new AbortController();
    this.#running = running;
    try {
      return await work(running.signal);
    } finally {
      this.#running = null;
    }
  }
}

async function plan(file: File, options: ImportOptions, workers: number): Promise<PlannedFile[]> {
  const partBytes = partBytesFor(file.size, workers);
  const contents = await planContents(file, file.name, { options, partBytes });
  return contents.map(({ file: content, plan: found }) => {
    const { entry, sizeBytes, format, containers, refusal, parts } = found;
    const name = entry === null ? file.name : `${file.name}/${entry}`;
    const own = content === file ? file : new File([content], name);
    return { file: own, name, sizeBytes, plan: found, format, containers, refusal, parts: parts.length };
  });
}

function read(
  { planned, part }: PartTask,
  receiver: PartReceiver,
  { signal, kept }: { signal: AbortSignal; kept: KeptBuilder },
): Promise<PartReport> {
  const notes = new Notes();
  const deliveries = new DeliveryWindow(SEGMENTS_UNDER_WAY);
  const onSegment = (segment: Segment): void => deliveries.send(receiver.segment(segment));
  return kept.lend(onSegment, async (builder) => {
    const progress = progressOf(builder, receiver);
    await readPart(planned.file, planned.plan, planned.plan.parts[part], builder, notes, {
      ...readOptions(signal, () => deliveries.room()),
      onBytes: progress.read,
    });
    builder.finish();
    progress.tell();
    await deliveries.allTaken();
    return { notes: notes.list() };
  });
}

/** A window that ends and a segment that is full are rare in files, and everywhere here. */
async function rehearse(file: File, receiver: PartReceiver): Promise<void> {
  const plan = await planFile(file, file.name);
  const bytes = new Uint8Array(await file.slice(0, REHEARSED_BYTES).arrayBuffer());
  const delivered: Promise<void>[] = [];
  const builder = new SegmentBuilder((segment) => delivered.push(receiver.segment(segment)), {
    spans: 50,
    textBytes: 1 << 20,
  });
  const format = FORMATS.find(({ id }) => id === plan.formatId);
  await format?.read(new MemorySource(bytes, REHEARSED_CHUNK), builder, new Notes(), plan);
  builder.finish();
  await Promise.all(delivered);
}

/** Between two chunks the thread hears its messages: one of them may cancel. */
function readOptions(signal: AbortSignal, room: () => Promise<void> = () => Promise.resolve()) {
  const messages = giveWay();
  const beforeChunk = async () => {
    await room();
    await messages();
    signal.throwIfAborted();
  };
  return { signal, beforeChunk };
}

/** Adds up and passes on a few times a second. */
function progressOf(builder: SegmentBuilder, receiver: PartReceiver) {
  let bytes = 0;
  let toldSpans = builder.spans;
  let toldMs = 0;
  const tell = () => {
    receiver.progress(bytes, builder.spans - toldSpans);
    bytes = 0;
    toldSpans = builder.spans;
    toldMs = performance.now();
  };
  const read = (more: number) => {
    bytes += more;
    if (performance.now() - toldMs >= PROGRESS_EVERY_MS) tell();
  };
  return { read, tell };
}

function demo(spans?: number): File[] {
  return demoFiles(spans).map(
    ({ name, lines }) =>
      new File(
        [...lines].map((line) => `${line}\n`),
        name,
      ),
  );
}
