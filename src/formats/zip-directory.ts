/**
 * The directory at the end of a zip archive: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 6.3.9,
 * with Zip64. Not supported: encryption, archives of several disks, methods other than stored and deflate.
 */
import { decodeBytes, viewOf } from '../util/bytes.ts';

export interface ZipEntry {
  readonly name: string;
  /** Where its local header begins. */
  readonly header: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly crc32: number;
  /** Why it cannot be read; null: fine. */
  readonly trouble: string | null;
  readonly isDeflated: boolean;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 65_535;
const LARGEST_DIRECTORY = 256 * 1024 * 1024;
const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/** All entries but folders; null: there is no directory, as in an archive that is cut off. */
export async function readZipDirectory(archive: Blob): Promise<ZipEntry[] | null> {
  const place = await findDirectory(archive);
  if (!place || place.size > LARGEST_DIRECTORY) return null;
  const bytes = await bytesOf(archive, place.start, place.start + place.size);
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + CENTRAL_BYTES <= bytes.length && view.getUint32(at, true) === CENTRAL;) {
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const next = at + CENTRAL_BYTES + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (next > bytes.length) break;
    const entry = readEntry(bytes, at, { nameBytes, extraBytes });
    if (!entry.name.endsWith('/')) entries.push(entry);
    at = next;
  }
  return entries;
}

/** The bytes of an entry as they are in the archive; null: they are not where the directory says. */
export async function locateZipEntry(
  archive: Blob,
  entry: ZipEntry,
): Promise<{ from: number; to: number } | null> {
  const header = await bytesOf(archive, entry.header, entry.header + LOCAL_BYTES);
  if (header.length < LOCAL_BYTES) return null;
  const view = viewOf(header);
  if (view.getUint32(0, true) !== LOCAL) return null;
  const from = entry.header + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  return { from, to: Math.min(archive.size, from + entry.packedBytes) };
}

async function bytesOf(archive: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await archive.slice(Math.max(0, from), to).arrayBuffer());
}

async function findDirectory(archive: Blob): Promise<{ start: number; size: number } | null> {
  const tailStart = Math.max(0, archive.size - END_BYTES - LONGEST_COMMENT - LOCATOR_BYTES);
  const tail = await bytesOf(archive, tailStart, archive.size);
  const view = viewOf(tail);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const size = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    const isLarge = start === MAX_32 || size === MAX_32 || view.getUint16(at + 10, true) === MAX_16;
    const locator = at - LOCATOR_BYTES;
    if (locator >= 0 && view.getUint32(locator, true) === LOCATOR64) {
      const large = await findLargeDirectory(archive, Number(view.getBigUint64(locator + 8, true)));
      // Who writes to a pipe has it in any case, also where the small fields have room.
      if (large || isLarge) return large;
    }
    // Something may stand before the archive, such as a program that unpacks it.
    const shift = tailStart + at - size - start;
    return shift < 0 ? null : { start: start + shift, size };
  }
  return null;
}

async function findLargeDirectory(
  archive: Blob,
  at: number,
): Promise<{ start: number; size: number } | null> {
  const end = await bytesOf(archive, at, at + 56);
  if (end.length < 56) return null;
  const view = viewOf(end);
  if (view.getUint32(0, true) !== END64) return null;
  return { start: Number(view.getBigUint64(48, true)), size: Number(view.getBigUint64(40, true)) };
}

function readEntry(
  bytes: Uint8Array,
  at: number,
  lengths: { nameBytes: number; extraBytes: number },
): ZipEntry {
  const view = viewOf(bytes);
  const nameFrom = at + CENTRAL_BYTES;
  const extraFrom = nameFrom + lengths.nameBytes;
  const large = largeFields(view, extraFrom, extraFrom + lengths.extraBytes);
  // In this order, each only where its field has no room for it.
  const field = (offset: number): number => {
    const value = view.getUint32(at + offset, true);
    return value === MAX_32 ? (large.shift() ?? value) : value;
  };
  const unpacked = field(24);
  const packedBytes = field(20);
  const header = field(42);
  const method = view.getUint16(at + 10, true);
  const isEncrypted = (view.getUint16(at + 8, true) & 1) !== 0;
  return {
    name: decodeBytes(bytes, nameFrom, extraFrom),
    header,
    packedBytes,
    bytes: unpacked,
    crc32: view.getUint32(at + 16, true),
    isDeflated: method === DEFLATED,
    trouble: troubleOf(method, isEncrypted),
  };
}

function largeFields(view: DataView, from: number, to: number): number[] {
  for (let at = from; at + 4 <= to;) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1) {
      const count = Math.floor(Math.min(size, to - at - 4) / 8);
      return Array.from({ length: count }, (_, i) => Number(view.getBigUint64(at + 4 + 8 * i, true)));
    }
    at += 4 + size;
  }
  return [];
}

function troubleOf(method: number, isEncrypted: boolean): string | null {
  if (isEncrypted) return 'This file is encrypted in its zip archive: unpack it first.';
  if (method === STORED || method === DEFLATED) return null;
  return `This file is packed in its zip archive in a way (${method}) that cannot be read: unpack it first.`;
}
