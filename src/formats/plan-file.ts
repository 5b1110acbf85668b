/** Decides from the head of a file how it will be read. */
import { AS_FOUND, type ImportOptions } from '../model/import-choice.ts';
import { NEWLINE, OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import { JsonCursor } from '../util/json-cursor.ts';
import { openMatrixHead } from './json-matrix.ts';
import { detect, type Detection } from './detect.ts';
import { detectWithin } from './detect-within.ts';
import type { FilePart, FilePlan, PlannedContent } from './file-plan.ts';
import { Notes } from '../model/import-note.ts';
import { type Layer, openLayers } from './layers.ts';
import { beginsWithPrefix, possibleLogs, stripHead } from './log-lines.ts';
import { heedTold } from './told-format.ts';
import { isYaml, openYamlHead } from './yaml-layer.ts';
import { type Content, contentsOf, HEAD_BYTES } from './peel.ts';

const SMALLEST_PART_BYTES = 16 * 1024 * 1024;
/** So that workers that are done sooner find more to do. */
const PARTS_PER_WORKER = 4;
/** A first line longer than this makes a file one document. */
const LONGEST_FIRST_LINE = 16 * 1024 * 1024;
/** What is unpacked to look into it. */
const LARGEST_UNPACKED = 64 * 1024 * 1024;
/** Of a file of lines. Each costs a browser some ms. */
const SAMPLES = 4;
const SAMPLE_BYTES = 64 * 1024;

/** Bytes of a part when a file is read by so many workers: every part begun costs some ms and a smaller segment. */
export function partBytesFor(fileBytes: number, workers: number): number {
  if (workers === 1) return Infinity;
  return Math.max(SMALLEST_PART_BYTES, Math.ceil(fileBytes / (workers * PARTS_PER_WORKER)));
}

/** Of a file that is no archive, or of the first one in it. */
export async function planFile(file: Blob, name: string, partBytes = Infinity): Promise<FilePlan> {
  const [{ plan }] = await planContents(file, name, { partBytes });
  return plan;
}

/**
 * Everything in the file, at least one. Reads the head (of an archive: all heads) and, of a large file of lines,
 * a few samples. Never rejects for what is in the file.
 */
export async function planContents(
  file: Blob,
  name: string,
  { partBytes = Infinity, options = AS_FOUND }: { partBytes?: number; options?: ImportOptions } = {},
): Promise<PlannedContent[]> {
  const contents = await contentsOf(file);
  return Promise.all(
    contents.map(async (content) => ({
      file: content.file,
      plan: await planContent(content, {
        name: content.entry === null ? name : `${name}/${content.entry}`,
        partBytes,
        options,
      }),
    })),
  );
}

interface Planning {
  /** In the summary. */
  readonly name: string;
  readonly partBytes: number;
  readonly options: ImportOptions;
}

async function planContent(content: Content, planning: Planning): Promise<FilePlan> {
  const { entry, sizeBytes, file, trouble, head, complete } = content;
  const { name, partBytes } = planning;
  if (trouble !== null) {
    const { layers, containers } = content;
    const refused = { formatId: null, format: null, refusal: trouble, parts: [] };
    return { layers, containers, entry, sizeBytes, ...refused };
  }
  const mayBeSplit = content.layers.length === 0 && entry === null && file.size > partBytes;
  // The browser reads them while the head is looked at.
  const samples = mayBeSplit ? sampleOf(file) : null;
  // Told where they are needed.
  samples?.catch(() => undefined);
  const detected = detectContent(content, name);
  const { layers, containers } = { ...content, ...detected };
  const { found, finding, mapping, durationUnit } = await heedTold(
    detected,
    { bytes: detected.head ?? head, complete, name },
    { ...planning, whole: () => wholeOf(file, layers) },
  );
  const common = { layers, containers, entry, sizeBytes, finding, mapping, durationUnit };
  if (found.format === null) {
    return { ...common, formatId: null, format: null, refusal: found.refusal, parts: [] };
  }
  const { id: formatId, label: format, inOrder } = found.format;
  const splits = samples && layers.length === 0 && !inOrder && (await isFileOfLines(file, head, samples));
  const parts = splits ? cut(file.size, partBytes) : [{ from: 0, to: file.size }];
  return { ...common, formatId, format, refusal: null, parts };
}

/** What a format needs all of to tell its columns; null: packed, and too large to be unpacked for that. */
async function wholeOf(file: Blob, layers: readonly Layer[]): Promise<Blob | null> {
  const { blob, open } = await openLayers(file, layers, { source: {}, notes: new Notes() });
  if (blob) return blob;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const source = open();
  let length = 0;
  for (let chunk = await source.next(); chunk; chunk = await source.next()) {
    length += chunk.length;
    if (length > LARGEST_UNPACKED) return null;
    chunks.push(new Uint8Array(chunk));
  }
  return new Blob(chunks);
}

type DetectedContent = Detection & Partial<Pick<Content, 'layers' | 'containers' | 'head'>>;

/** What is no trace as it is may have been through a log, or stand within other JSON. */
function detectContent(content: Content, name: string): DetectedContent {
  const { head: bytes, complete, layers, containers } = content;
  const found = detect({ bytes, complete, name });
  if (found.format !== null && !beginsWithPrefix(bytes)) return within(content, name, found);
  for (const log of possibleLogs(bytes)) {
    const logged = detect({ bytes: stripHead(bytes, log), complete, name });
    if (logged.format === null) continue;
    const layer: Layer = { kind: 'log', log };
    return { ...logged, layers: [...layers, layer], containers: [...containers, log] };
  }
  return within(content, name, found);
}

function within(content: Content, name: string, found: Detection): DetectedContent {
  const { head: bytes, complete, layers, containers } = content;
  const inner = detectWithin({ bytes, complete, name }, found);
  if (!inner) return found.format === null ? asRows(content, name, found) : found;
  const { detection, envelopes } = inner;
  const nameOf = (paths: readonly string[]): string =>
    `JSON (${paths.map((path) => `“${path}”`).join(', ')})`;
  return {
    ...detection,
    head: inner.bytes,
    layers: [...layers, ...envelopes.map((paths): Layer => ({ kind: 'envelope', paths }))],
    containers: [...containers, ...envelopes.map(nameOf)],
  };
}

/** Rows that are lists, or JSON written as YAML. */
function asRows(content: Content, name: string, found: Detection): DetectedContent {
  const { head, complete, layers, containers } = content;
  const kind = isYaml(head) ? 'yaml' : 'matrix';
  const bytes = kind === 'yaml' ? openYamlHead(head) : openMatrixHead(head);
  const detected = bytes && detect({ bytes, complete, name });
  if (!bytes || !detected?.format) return found;
  return {
    ...detected,
    head: bytes,
    layers: [...layers, { kind }],
    containers: [...containers, kind === 'yaml' ? 'YAML' : 'rows of a JSON table'],
  };
}

async function readRange(file: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

/** True: the first line is a whole JSON document, and lines elsewhere begin like one. */
async function isFileOfLines(
  file: Blob,
  head: Uint8Array,
  samples: Promise<readonly Uint8Array[]>,
): Promise<boolean> {
  const line = await readFirstLine(file, head);
  return line !== null && isWholeDocument(line) && (await samples).every(linesBeginLikeDocuments);
}

/** From all over the file, read side by side. */
async function sampleOf(file: Blob): Promise<readonly Uint8Array[]> {
  const starts = Array.from({ length: SAMPLES }, (_, i) => Math.floor((file.size * (i + 1)) / (SAMPLES + 1)));
  return Promise.all(starts.map((from) => readRange(file, from, from + SAMPLE_BYTES)));
}

/** Mostly it ends in the head, which has been read. */
async function readFirstLine(file: Blob, head: Uint8Array): Promise<Uint8Array | null> {
  let bytes = head;
  for (let size = HEAD_BYTES * 4; ; size *= 4) {
    const newline = bytes.indexOf(NEWLINE);
    if (newline >= 0) return bytes.subarray(0, newline);
    if (size > LONGEST_FIRST_LINE) return null;
    bytes = await readRange(file, 0, size);
  }
}

function isWholeDocument(line: Uint8Array): boolean {
  const cursor = new JsonCursor();
  cursor.append(line);
  cursor.final = true;
  try {
    if (line[0] === 0xef) cursor.pos = 3;
    const c = cursor.peek();
    cursor.skipValue();
    cursor.skipSpace();
    return (c === OPEN_BRACE || c === OPEN_BRACKET) && cursor.pos === cursor.end;
  } catch {
    return false;
  }
}

function linesBeginLikeDocuments(sample: Uint8Array): boolean {
  for (
    let at = sample.indexOf(NEWLINE);
    at >= 0 && at + 1 < sample.length;
    at = sample.indexOf(NEWLINE, at + 1)
  ) {
    const c = sample[at + 1];
    if (c !== OPEN_BRACE && c !== OPEN_BRACKET && c !== NEWLINE && c !== 0x0d) return false;
  }
  return true;
}

function cut(size: number, partBytes: number): FilePart[] {
  const parts: FilePart[] = [];
  for (let from = 0; from < size; from += partBytes)
    parts.push({ from, to: Math.min(size, from + partBytes) });
  return parts;
}
