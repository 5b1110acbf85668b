/** The files in a tar archive: POSIX ustar and pax, GNU's long names and large sizes. Links and folders are left out. */
import { decodeBytes } from '../util/bytes.ts';

/** Bytes by their position, which only ever rises. */
export interface ForwardReader {
  /** Bytes [from, to), fewer where the archive ends. */
  read(from: number, to: number): Promise<Uint8Array>;
}

export interface TarEntry {
  readonly name: string;
  readonly from: number;
  readonly size: number;
}

const BLOCK = 512;
/** Of a long name or of pax headers. */
const LARGEST_EXTENSION = 1024 * 1024;

/** A header at the beginning, with the right checksum. */
export function isTar(head: Uint8Array): boolean {
  return head.length >= BLOCK && hasChecksum(head);
}

/** One after another; ends where the archive ends or is damaged. */
export async function* tarEntries(reader: ForwardReader): AsyncGenerator<TarEntry> {
  let longName: string | null = null;
  let longSize: number | null = null;
  for (let at = 0; ;) {
    const header = await reader.read(at, at + BLOCK);
    if (header.length < BLOCK || !hasChecksum(header)) return;
    const type = String.fromCharCode(header[156]);
    const from = at + BLOCK;
    const size: number = longSize ?? numberAt(header, 124, 12);
    at = from + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'L' || type === 'x' || type === 'g') {
      const text = decodeBytes(await reader.read(from, from + Math.min(size, LARGEST_EXTENSION)));
      if (type === 'L') longName = text.replace(/\0.*$/s, '');
      else if (type === 'x') {
        const pax = readPax(text);
        longName = pax.get('path') ?? longName;
        longSize = pax.has('size') ? Number(pax.get('size')) : null;
      }
      continue;
    }
    const isFile = type === '0' || type === '\0' || type === '7';
    if (isFile) yield { name: longName ?? nameOf(header), from, size };
    longName = longSize = null;
  }
}

function hasChecksum(header: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : header[i];
  // A block of zeros is the end.
  return sum !== 8 * 0x20 && sum === numberAt(header, 148, 8);
}

/** Octal digits; or, where the first bit is set, a binary number (GNU). */
function numberAt(header: Uint8Array, at: number, length: number): number {
  if ((header[at] & 0x80) !== 0) {
    let value = header[at] & 0x7f;
    for (let i = at + 1; i < at + length; i++) value = value * 256 + header[i];
    return value;
  }
  const digits = /[0-7]+/.exec(textAt(header, at, length));
  return digits ? Number.parseInt(digits[0], 8) : 0;
}

function textAt(header: Uint8Array, at: number, length: number): string {
  return decodeBytes(header, at, at + length).replace(/\0.*$/s, '');
}

function nameOf(header: Uint8Array): string {
  const isPosix = textAt(header, 257, 5) === 'ustar';
  const prefix = isPosix ? textAt(header, 345, 155) : '';
  const name = textAt(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** `30 path=a/long/name\n…` */
function readPax(text: string): Map<string, string> {
  return new Map([...text.matchAll(/\d+ ([^=\n]+)=([^\n]*)\n/g)].map(([, key, value]) => [key, value]));
}
