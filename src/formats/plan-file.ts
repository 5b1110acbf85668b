/** Decides from the head of a file how it will be read. */
import { Gunzip } from 'fflate';
import { NEWLINE, OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import { JsonCursor } from '../util/json-cursor.ts';
import { detect } from './detect.ts';
import type { FilePart, FilePlan } from './file-plan.ts';

/** What detection gets to see. */
const HEAD_BYTES = 256 * 1024;
const PART_BYTES = 16 * 1024 * 1024;
/** A first line longer than this makes a file one document. */
const LONGEST_FIRST_LINE = 16 * 1024 * 1024;
/** Nested compression ends somewhere. */
const MOST_CONTAINERS = 5;
const SAMPLES = 8;
const SAMPLE_BYTES = 64 * 1024;

interface PeeledHead {
  readonly bytes: Uint8Array;
  readonly containers: readonly 'gzip'[];
  /** It is the whole content. */
  readonly complete: boolean;
}

/** Reads the head and, of a large file of lines, a few samples. Never rejects for what is in the file. */
export async function planFile(file: Blob, name: string, partBytes = PART_BYTES): Promise<FilePlan> {
  const { bytes, containers, complete } = peel(await readRange(file, 0, HEAD_BYTES), file.size <= HEAD_BYTES);
  const found = detect({ bytes, complete, name });
  if (found.refusal !== null) {
    return { formatId: null, format: null, containers, refusal: found.refusal, parts: [] };
  }
  const mayBeSplit = containers.length === 0 && !found.format.inOrder && file.size > partBytes;
  const splits = mayBeSplit && (await isFileOfLines(file));
  return {
    formatId: found.format.id,
    format: found.format.label,
    containers,
    refusal: null,
    parts: splits ? cut(file.size, partBytes) : [{ from: 0, to: file.size }],
  };
}

async function readRange(file: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

function peel(head: Uint8Array, isWhole: boolean): PeeledHead {
  let bytes = head;
  let complete = isWhole;
  const containers: 'gzip'[] = [];
  while (bytes[0] === 0x1f && bytes[1] === 0x8b && containers.length < MOST_CONTAINERS) {
    const inflated = inflateHead(bytes);
    if (inflated.length === 0 && !complete) break;
    containers.push('gzip');
    complete &&= inflated.length < HEAD_BYTES;
    bytes = inflated.subarray(0, HEAD_BYTES);
  }
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { bytes: hasBom ? bytes.subarray(3) : bytes, containers, complete };
}

/** As much as can be inflated, a little more than HEAD_BYTES at most. */
function inflateHead(compressed: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const gunzip = new Gunzip((data) => {
    pieces.push(data.slice());
    length += data.length;
  });
  try {
    // A piece of 1 kB holds at most 1 MB, whatever it was made for.
    for (let at = 0; at < compressed.length && length < HEAD_BYTES; at += 1024) {
      gunzip.push(compressed.slice(at, at + 1024));
    }
  } catch {
    // Damaged or followed by something else: reading will say so; what came before tells the format.
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** True: the first line is a whole JSON document, and lines elsewhere begin like one. */
async function isFileOfLines(file: Blob): Promise<boolean> {
  const line = await readFirstLine(file);
  if (!line || !isWholeDocument(line)) return false;
  for (let i = 1; i <= SAMPLES; i++) {
    const from = Math.floor((file.size * i) / (SAMPLES + 1));
    if (!linesBeginLikeDocuments(await readRange(file, from, from + SAMPLE_BYTES))) return false;
  }
  return true;
}

async function readFirstLine(file: Blob): Promise<Uint8Array | null> {
  for (let size = HEAD_BYTES; size <= LONGEST_FIRST_LINE; size *= 4) {
    const bytes = await readRange(file, 0, size);
    const newline = bytes.indexOf(NEWLINE);
    if (newline >= 0) return bytes.subarray(0, newline);
  }
  return null;
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
