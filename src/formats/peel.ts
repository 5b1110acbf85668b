/**
 * What is in a file: its containers are taken off, in whatever order they lie around each other, and archives
 * give several contents. Only heads are looked at, and the directories of archives.
 */
import { Notes } from '../model/import-note.ts';
import { joinBytes, viewOf } from '../util/bytes.ts';
import { type Layer, type LayerOptions, openLayer, type Opened } from './layers.ts';
import { isJsonText } from './json-text-layer.ts';
import { logKindOf } from './log-lines.ts';
import { BlobSource, type ByteSource, MemorySource } from './source.ts';
import { type ForwardReader, isTar, tarEntries } from './tar-entries.ts';
import { isLengthPrefixedJson } from './text-layers.ts';
import { locateZipEntry, readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** What detection gets to see. */
export const HEAD_BYTES = 256 * 1024;
const MOST_LAYERS = 5;
const MOST_ENTRIES = 2000;
/** Files of a packed archive that are taken out of it once, instead of unpacking all before them again. */
const SMALL_BYTES = 4 * 1024 * 1024;
const MOST_SMALL_BYTES = 256 * 1024 * 1024;
const ZSTD = 0xfd2fb528;

export interface Content {
  /** What the layers are taken off. */
  readonly file: Blob;
  readonly layers: readonly Layer[];
  /** For people, outermost first. */
  readonly containers: readonly string[];
  /** Path in the archive; null: it is no archive. */
  readonly entry: string | null;
  /** Bytes of the dropped file that hold it. */
  readonly sizeBytes: number;
  readonly head: Uint8Array;
  /** The head is all of it. */
  readonly complete: boolean;
  /** Why it cannot be read; null: nothing speaks against it so far. */
  readonly trouble: string | null;
}

/** Of a container that may hold another. */
interface Place extends Content {
  readonly opened: Opened;
  readonly depth: number;
}

const LOOKING: LayerOptions = { source: {}, notes: new Notes(), native: null };

/** What can be read of the file, one by one; at least one. Never rejects for what is in the file. */
export async function contentsOf(file: Blob): Promise<Content[]> {
  const opened: Opened = { blob: file, open: () => new BlobSource(file) };
  const head = await readRange(file, 0, HEAD_BYTES);
  const whole = { layers: [], containers: [], entry: null, sizeBytes: file.size, trouble: null, depth: 0 };
  return peel({ file, opened, head, complete: file.size <= HEAD_BYTES, ...whole });
}

async function peel(place: Place): Promise<Content[]> {
  const { head, complete } = place;
  if (place.trouble !== null || place.depth >= MOST_LAYERS) return [place];
  if (isZip(head)) return unzip(place);
  if (isTar(head)) return untar(place);
  const found = packingOf(head, complete);
  if (!found) return [withoutBom(place)];
  const notes = new Notes();
  const inner = await unpackHead(head, found.layer, notes);
  // Nothing comes out of it: said by whoever describes unknown files.
  if (inner.length === 0 && (!complete || notes.list().length > 0)) return [place];
  return peel({
    ...(await below(place, found.layer, inner)),
    containers: [...place.containers, found.name],
    depth: place.depth + 1,
  });
}

/** What is within a layer; `head` are its first bytes. */
async function below(place: Place, layer: Layer, head: Uint8Array): Promise<Place> {
  return {
    ...place,
    opened: await openLayer(place.opened, layer, LOOKING),
    layers: [...place.layers, layer],
    head,
    complete: place.complete && head.length < HEAD_BYTES,
  };
}

function withoutBom(place: Place): Content {
  const [a, b, c] = place.head;
  const hasBom = a === 0xef && b === 0xbb && c === 0xbf;
  return hasBom ? { ...place, head: place.head.subarray(3) } : place;
}

function packingOf(head: Uint8Array, complete: boolean): { layer: Layer; name: string } | null {
  const [a, b] = head;
  const view = viewOf(head);
  const word = (at: number): number => (head.length >= at + 4 ? view.getUint32(at, true) : 0);
  if (a === 0x1f && b === 0x8b) return { layer: { kind: 'gzip' }, name: 'gzip' };
  const isSkippable = (word(0) & 0xfffffff0) >>> 0 === 0x184d2a50;
  if (word(0) === ZSTD || isSkippable) return { layer: { kind: 'zstd' }, name: 'zstd' };
  if (a <= 0x0f && word(4) === ZSTD) return { layer: { kind: 'zstd-records' }, name: 'zstd records' };
  if (a === 0xff && b === 0xfe) return { layer: { kind: 'utf-16le' }, name: 'UTF-16' };
  if (a === 0xfe && b === 0xff) return { layer: { kind: 'utf-16be' }, name: 'UTF-16' };
  if (isLengthPrefixedJson(head, complete)) {
    return { layer: { kind: 'length-prefixed' }, name: 'length-prefixed' };
  }
  if (isJsonText(head)) return { layer: { kind: 'json-text' }, name: 'JSON text' };
  const log = logKindOf(head);
  return log === 'Docker log' || log === 'CRI log' ? { layer: { kind: 'log', log }, name: log } : null;
}

/** Of a member, or the end of an archive without any. */
function isZip([a, b, c, d]: Uint8Array): boolean {
  return a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6));
}

/** A file in it that nobody put there on purpose, or that is empty. */
function isLeftOut(name: string, size: number): boolean {
  const base = name.split('/').at(-1) ?? '';
  return size === 0 || name.startsWith('__MACOSX/') || base.startsWith('._') || base === '.DS_Store';
}

function refused(place: Place, name: string, trouble: string): Content {
  return { ...place, containers: [...place.containers, name], trouble };
}

async function unzip(place: Place): Promise<Content[]> {
  let { opened, layers } = place;
  if (!opened.blob) {
    const held: Layer = { kind: 'held' };
    opened = await openLayer(opened, held, LOOKING);
    layers = [...layers, held];
  }
  const archive = opened.blob ?? place.file;
  const entries = await readZipDirectory(archive);
  const trouble = entries ? describeArchive(entries) : CUT_OFF;
  if (!entries || trouble !== null) return [refused(place, 'zip', trouble ?? CUT_OFF)];
  const contents: Content[] = [];
  for (const entry of entries) {
    if (isLeftOut(entry.name, entry.bytes)) continue;
    const share = place.sizeBytes * (entry.packedBytes / Math.max(1, archive.size));
    contents.push(...(await unzipEntry({ ...place, opened, layers, sizeBytes: Math.round(share) }, entry)));
  }
  return contents.length > 0 ? contents : [refused(place, 'zip', 'This zip archive holds no files.')];
}

const CUT_OFF =
  'This zip archive is cut off or damaged: the directory that should stand at its end is missing.';

async function unzipEntry(archive: Place, entry: ZipEntry): Promise<Content[]> {
  const inside: Place = {
    ...archive,
    containers: [...archive.containers, 'zip'],
    entry: archive.entry === null ? entry.name : `${archive.entry}/${entry.name}`,
    depth: archive.depth + 1,
  };
  if (entry.trouble !== null) return [{ ...inside, trouble: entry.trouble }];
  const { blob } = archive.opened;
  const range = blob && (await locateZipEntry(blob, entry));
  if (!range)
    return [{ ...inside, trouble: 'This file is not where the directory of its zip archive says.' }];
  const packed = await readRange(blob, range.from, Math.min(range.to, range.from + HEAD_BYTES));
  const stored = await sliceOf(inside, range, packed);
  if (!entry.isDeflated) return peel(stored);
  const layer: Layer = { kind: 'deflate', crc32: entry.crc32, bytes: entry.bytes };
  return peel(await below(stored, layer, await unpackHead(packed, layer, new Notes())));
}

function describeArchive(entries: readonly ZipEntry[]): string | null {
  const has = (name: string): boolean => entries.some((entry) => entry.name === name);
  if (has('[Content_Types].xml')) {
    return 'This is an Office document, such as an Excel workbook: save the sheet with the spans as CSV.';
  }
  if (has('trace.trace') || has('trace.network')) {
    return 'This is a recording of a browser test (Playwright), not a distributed trace.';
  }
  if (has('META-INF/MANIFEST.MF')) return 'This is a Java archive, not a trace file.';
  return entries.length > MOST_ENTRIES ? TOO_MANY : null;
}

const TOO_MANY = 'This archive holds more than 2,000 files: unpack it, and drop those with traces.';

/** A file of an archive as it lies in there; `head` are its first bytes. */
async function sliceOf(
  place: Place,
  { from, to }: { from: number; to: number },
  head: Uint8Array,
): Promise<Place> {
  const archived = { ...place, complete: true };
  return below(archived, { kind: 'slice', from, to }, head.subarray(0, HEAD_BYTES));
}

async function untar(place: Place): Promise<Content[]> {
  const { blob } = place.opened;
  const reader = blob ? new BlobReader(blob) : new StreamReader(place.opened.open());
  const contents: Content[] = [];
  let taken = 0;
  let archived = 0;
  const found: { at: number; size: number }[] = [];
  for await (const { name, from, size } of tarEntries(reader)) {
    archived += size;
    if (isLeftOut(name, size)) continue;
    if (found.length >= MOST_ENTRIES) return [refused(place, 'tar', TOO_MANY)];
    const isTakenOut = !blob && size <= SMALL_BYTES && taken + size <= MOST_SMALL_BYTES;
    const bytes = await reader.read(from, from + (isTakenOut ? size : Math.min(size, HEAD_BYTES)));
    const inside: Place = {
      ...place,
      containers: [...place.containers, 'tar'],
      entry: place.entry === null ? name : `${place.entry}/${name}`,
      depth: place.depth + 1,
    };
    const head = bytes.slice(0, HEAD_BYTES);
    if (isTakenOut) taken += size;
    const entry = isTakenOut
      ? takenOut(inside, bytes)
      : await sliceOf(inside, { from, to: from + size }, head);
    for (const content of await peel(entry)) {
      found.push({ at: contents.length, size });
      contents.push(content);
    }
  }
  if (contents.length === 0) return [refused(place, 'tar', 'This tar archive holds no files.')];
  return contents.map((content, i) => {
    const share = place.sizeBytes * (found[i].size / Math.max(1, archived));
    return { ...content, sizeBytes: Math.round(share) };
  });
}

/** A small file as one of its own. */
function takenOut(place: Place, bytes: Uint8Array): Place {
  const file = new Blob([new Uint8Array(bytes)]);
  const opened: Opened = { blob: file, open: () => new BlobSource(file) };
  const head = bytes.slice(0, HEAD_BYTES);
  return { ...place, file, opened, layers: [], head, complete: bytes.length <= HEAD_BYTES };
}

/** Bytes [from, to) of the file, or as many of them as there are. No stream is left behind half read. */
async function readRange(file: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

/** What detection gets to see of what is packed, as far as the first bytes of the pack give it. */
async function unpackHead(packed: Uint8Array, layer: Layer, notes: Notes): Promise<Uint8Array> {
  const memory: Opened = { blob: null, open: () => new MemorySource(packed, PIECE_BYTES) };
  const source = (await openLayer(memory, layer, { ...LOOKING, notes })).open();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const chunk = await source.next();
    if (!chunk) break;
    chunks.push(chunk.slice());
    length += chunk.length;
  }
  return joinBytes(chunks).subarray(0, HEAD_BYTES);
}

/** Small pieces: of damaged data, what can be unpacked before the damage is seen. */
const PIECE_BYTES = 1024;

class BlobReader implements ForwardReader {
  readonly #blob: Blob;

  constructor(blob: Blob) {
    this.#blob = blob;
  }

  async read(from: number, to: number): Promise<Uint8Array> {
    return readRange(this.#blob, from, to);
  }
}

/** Positions before the ones read last are gone. */
class StreamReader implements ForwardReader {
  readonly #source: ByteSource;
  #buffer = new Uint8Array(0);
  /** Position of the buffer. */
  #at = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  async read(from: number, to: number): Promise<Uint8Array> {
    while (this.#at + this.#buffer.length < to) {
      const chunk = await this.#source.next();
      if (!chunk) break;
      const rest = this.#buffer.subarray(Math.max(0, from - this.#at));
      this.#at += this.#buffer.length - rest.length;
      this.#buffer = joinBytes([rest, chunk]);
    }
    return this.#buffer.subarray(Math.max(0, from - this.#at), Math.max(0, to - this.#at));
  }
}
