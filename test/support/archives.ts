/** Containers as small as can be: zstd without compression, tar, zip with large sizes. */
import { joinBytes } from '../../src/util/bytes.ts';

const encoder = new TextEncoder();
/** Its window is 2 MB, and its size is not told. */
const FRAME_HEADER = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]);

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? encoder.encode(content) : content;
}

/** One frame of raw blocks. */
export function zstdFrame(content: string | Uint8Array, blockBytes = 100): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(content);
  const pieces: Uint8Array[] = [FRAME_HEADER];
  for (let at = 0; at < bytes.length || at === 0; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes);
    const header = (block.length << 3) | (at + blockBytes >= bytes.length ? 1 : 0);
    pieces.push(new Uint8Array([header & 255, (header >> 8) & 255, header >> 16]), block);
  }
  return joinBytes(pieces);
}

/** A frame that says the same byte over and over, in blocks of 128 kB. */
export function zstdBomb(blocks: number, byte: number): Uint8Array<ArrayBuffer> {
  const header = (length: number, isLast: boolean): number => (length << 3) | (1 << 1) | (isLast ? 1 : 0);
  const block = (isLast: boolean): number[] => {
    const word = header(128 * 1024, isLast);
    return [word & 255, (word >> 8) & 255, word >> 16, byte];
  };
  const all = Array.from({ length: blocks }, (_, i) => block(i === blocks - 1)).flat();
  return joinBytes([FRAME_HEADER, new Uint8Array(all)]);
}

/** A frame that decoders leave out. */
export function skippableFrame(content: string): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(content);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, 0x184d2a53, true);
  new DataView(head.buffer).setUint32(4, bytes.length, true);
  return joinBytes([head, bytes]);
}

/** The length in 4 bytes, big-endian, and then the content. */
export function prefixed(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(content);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return joinBytes([length, bytes]);
}

/** `type`: '0' a file, '5' a folder, 'L' GNU's long name of the next one, 'x' pax headers of the next one. */
export function tarMember(name: string, content: string | Uint8Array, type = '0'): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(content);
  const header = new Uint8Array(512);
  const put = (at: number, text: string): void => header.set(encoder.encode(text), at);
  put(0, name.slice(0, 100));
  put(100, '0000644\0');
  put(124, `${bytes.length.toString(8).padStart(11, '0')}\0`);
  put(148, '        ');
  put(156, type);
  put(257, 'ustar\u000000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return joinBytes([header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)]);
}

export function tar(...members: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joinBytes([...members, new Uint8Array(1024)]);
}

/**
 * A zip archive with one stored file whose sizes and place are in Zip64 fields only. `atTheEnd`: what its last record
 * says of the directory; 'as well' is how Info-ZIP writes to a pipe.
 */
export function largeZip(
  name: string,
  content: string,
  crc32: number,
  atTheEnd: 'no room' | 'as well' = 'no room',
): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(content);
  const fileName = bytesOf(name);
  const local = record([
    [0x04034b50, 4],
    [45, 2],
    [0, 2],
    [0, 2],
    [0, 4],
    [crc32, 4],
    [0xffffffff, 4],
    [0xffffffff, 4],
    [fileName.length, 2],
    [20, 2],
  ]);
  const sizes: Field[] = [
    [1, 2],
    [16, 2],
    [bytes.length, 8],
    [bytes.length, 8],
  ];
  const start = joinBytes([local, fileName, record(sizes), bytes]);
  const central = record([
    [0x02014b50, 4],
    [45, 2],
    [45, 2],
    [0, 2],
    [0, 2],
    [0, 4],
    [crc32, 4],
    [0xffffffff, 4],
    [0xffffffff, 4],
    [fileName.length, 2],
    [28, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 4],
    [0xffffffff, 4],
  ]);
  const extra = record([
    [1, 2],
    [24, 2],
    [bytes.length, 8],
    [bytes.length, 8],
    [0, 8],
  ]);
  const directory = joinBytes([central, fileName, extra]);
  const end64 = record([
    [0x06064b50, 4],
    [44, 8],
    [45, 2],
    [45, 2],
    [0, 4],
    [0, 4],
    [1, 8],
    [1, 8],
    [directory.length, 8],
    [start.length, 8],
  ]);
  const locator = record([
    [0x07064b50, 4],
    [0, 4],
    [start.length + directory.length, 8],
    [1, 4],
  ]);
  const end = record([
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    ...(atTheEnd === 'no room'
      ? NO_ROOM
      : ([
          [1, 2],
          [1, 2],
          [directory.length, 4],
          [start.length, 4],
        ] as const)),
    [0, 2],
  ]);
  return joinBytes([start, directory, end64, locator, end]);
}

const NO_ROOM: readonly Field[] = [
  [0xffff, 2],
  [0xffff, 2],
  [0xffffffff, 4],
  [0xffffffff, 4],
];

type Field = readonly [value: number, bytes: number];

/** Little-endian. */
function record(fields: readonly Field[]): Uint8Array {
  return new Uint8Array(
    fields.flatMap(([value, bytes]) =>
      Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256),
    ),
  );
}
