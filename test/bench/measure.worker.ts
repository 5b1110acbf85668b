/** One thread, one core: our reader and JSON.parse over the same bytes, by turns. */
import { SegmentBuilder } from '../../src/columns/segment-builder.ts';
import { partBytesFor, planFile } from '../../src/formats/plan-file.ts';
import { readPart } from '../../src/formats/read-part.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { MemorySource } from '../../src/formats/source.ts';
import { Notes } from '../../src/model/import-note.ts';

export interface ReadTimes {
  readonly bytes: number;
  readonly spans: number;
  readonly rounds: readonly {
    /** ms from the file to columns. */
    readonly file: number;
    /** ms from bytes in memory to columns: what JSON.parse is measured over too. */
    readonly read: number;
    /** ms of JSON.parse alone. */
    readonly parse: number;
    /** ms of the decoding of UTF-8 that JSON.parse needs. */
    readonly decode: number;
  }[];
}

/** µs per span. */
export interface SpanTimes {
  /** From bytes in memory to columns. */
  readonly read: number;
  /** From the file to columns. */
  readonly file: number;
}

interface Reading {
  readonly ms: number;
  readonly spans: number;
}

const NEWLINE = 10;
/** Bytes handed on at a time: about as a browser's streams of files do. */
const CHUNK_BYTES = 1 << 18;

function lines(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const next = bytes.indexOf(NEWLINE, from);
    const to = next === -1 ? bytes.length : next;
    if (to > from) found.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return found;
}

function parseAll(bytes: Uint8Array): { parse: number; decode: number } {
  const decoder = new TextDecoder();
  let parse = 0;
  let decode = 0;
  for (const line of lines(bytes)) {
    const start = performance.now();
    const text = decoder.decode(line);
    const decoded = performance.now();
    JSON.parse(text);
    decode += decoded - start;
    parse += performance.now() - decoded;
  }
  return { parse, decode };
}

/** As a worker keeps one from part to part (workers/kept-builder.ts). */
const builder = new SegmentBuilder(() => undefined);

/** From the file to columns: what it is is found out, and the browser streams it. */
async function readFile(file: File): Promise<Reading> {
  const start = performance.now();
  const plan = await planFile(file, file.name);
  const before = builder.spans;
  for (const part of plan.parts) {
    await readPart(file, plan, part, builder, new Notes(), {
      onBytes: () => undefined,
      beforeChunk: () => Promise.resolve(),
    });
  }
  builder.finish();
  return { ms: performance.now() - start, spans: builder.spans - before };
}

/** From bytes in memory to columns. The file is in no container. */
async function readBytes(file: File, bytes: Uint8Array): Promise<Reading> {
  const plan = await planFile(file, file.name);
  const before = builder.spans;
  const start = performance.now();
  const format = FORMATS.find(({ id }) => id === plan.formatId);
  await format?.read(new MemorySource(bytes, CHUNK_BYTES), builder, new Notes(), plan);
  builder.finish();
  return { ms: performance.now() - start, spans: builder.spans - before };
}

async function measure(file: File, rounds: number): Promise<ReadTimes> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const times = [];
  let spans = 0;
  for (let round = 0; round < rounds; round++) {
    const { parse, decode } = parseAll(bytes);
    const read = await readBytes(file, bytes);
    const whole = await readFile(file);
    spans = whole.spans;
    times.push({ file: whole.ms, read: read.ms, parse, decode });
  }
  return { bytes: bytes.length, spans, rounds: times };
}

/** Times of each file, by turns: one list per file, of a round each. */
async function measureEach(files: readonly File[], rounds: number): Promise<SpanTimes[][]> {
  const times = files.map((): SpanTimes[] => []);
  const contents = await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
  for (let round = 0; round < rounds; round++) {
    const reads = [];
    for (const [i, file] of files.entries()) reads.push(perSpan(await readBytes(file, contents[i])));
    for (const [i, file] of files.entries()) {
      times[i].push({ read: reads[i], file: perSpan(await readFile(file)) });
    }
  }
  return times;
}

/** µs */
function perSpan({ ms, spans }: Reading): number {
  return (ms * 1000) / spans;
}

/** Of a machine of two workers: whether the file can be cut is part of it. */
const WORKERS = 2;

/** As often as the app's threads have planned a little file when somebody drops one (workers/warm-up.ts). */
const WARM_UP_ROUNDS = 8;

/** ms until it is known how a file will be read, in a thread that has read nothing yet. */
async function measureDetection(file: File): Promise<number> {
  const start = performance.now();
  const plan = await planFile(file, file.name, partBytesFor(file.size, WORKERS));
  if (plan.formatId === null) throw new Error(`${file.name} was not recognised`);
  return performance.now() - start;
}

async function measureWarmDetection(little: File, file: File): Promise<number> {
  for (let round = 0; round < WARM_UP_ROUNDS; round++) await planFile(little, little.name);
  return measureDetection(file);
}

export interface Order {
  readonly what: 'one' | 'each' | 'cold detection' | 'warm detection';
  readonly files: readonly File[];
  readonly rounds: number;
}

onmessage = ({ data }: MessageEvent<Order>) => {
  const { what, files, rounds } = data;
  const [file] = files;
  const measures = {
    one: () => measure(file, rounds),
    each: () => measureEach(files, rounds),
    'cold detection': () => measureDetection(file),
    'warm detection': () => measureWarmDetection(files[1], file),
  };
  void measures[what]().then((times) => postMessage(times));
};
