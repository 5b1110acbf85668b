/** What an ingest worker does: plan a file, read one part of it into segments. */
import { SegmentBuilder } from '../src/columns/segment-builder.ts';
import { demoFiles } from '../src/demo/generate-demo.ts';
import { planFile } from '../src/formats/plan-file.ts';
import { readPart } from '../src/formats/read-part.ts';
import { Notes } from '../src/model/import-note.ts';
import { DeliveryWindow } from './delivery-window.ts';
import type { IngestApi, PartReceiver, PartReport, PartTask, PlannedFile } from './thread-api.ts';

/** Segments on their way to the dataset worker or waiting there for the disk. */
const SEGMENTS_UNDER_WAY = 2;
const PROGRESS_EVERY_MS = 50;

export const ingest: IngestApi = { plan, read, demo };

async function plan(file: File): Promise<PlannedFile> {
  const found = await planFile(file, file.name);
  const { format, containers, refusal, parts } = found;
  return { file, plan: found, format, containers, refusal, parts: parts.length };
}

async function read({ planned, part }: PartTask, receiver: PartReceiver): Promise<PartReport> {
  const notes = new Notes();
  const deliveries = new DeliveryWindow(SEGMENTS_UNDER_WAY);
  const builder = new SegmentBuilder((segment) => deliveries.send(receiver.segment(segment)));
  const report = progressOf(builder, receiver);
  let bytesRead = 0;
  await readPart(planned.file, planned.plan, planned.plan.parts[part], builder, notes, {
    onBytes: (bytes) => {
      bytesRead = bytes;
      report(bytes);
    },
    beforeChunk: () => deliveries.room(),
  });
  builder.finish();
  report(bytesRead, true);
  await deliveries.allTaken();
  return { notes: notes.list() };
}

/** Takes the bytes of the part so far; passes on what is new, a few times a second. */
function progressOf(
  builder: SegmentBuilder,
  receiver: PartReceiver,
): (bytes: number, last?: boolean) => void {
  let told = { bytes: 0, spans: 0, atMs: 0 };
  return (bytes, last = false) => {
    const atMs = performance.now();
    if (!last && atMs - told.atMs < PROGRESS_EVERY_MS) return;
    receiver.progress(bytes - told.bytes, builder.spans - told.spans);
    told = { bytes, spans: builder.spans, atMs };
  };
}

async function demo(): Promise<File[]> {
  return demoFiles().map(
    ({ name, lines }) =>
      new File(
        [...lines].map((line) => `${line}\n`),
        name,
      ),
  );
}
