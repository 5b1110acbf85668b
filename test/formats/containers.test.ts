/** What trace files are packed in: everything that was put in comes out, in any nesting, cut or damaged. */
import { gzipSync, strFromU8, zipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import type { ReadOptions } from '../../src/formats/open-part.ts';
import { planContents } from '../../src/formats/plan-file.ts';
import { readPart } from '../../src/formats/read-part.ts';
import type { ImportNote } from '../../src/model/dataset.ts';
import { Notes } from '../../src/model/import-note.ts';
import { encodeText, joinBytes } from '../../src/util/bytes.ts';
import { Crc32 } from '../../src/util/crc32.ts';
import {
  largeZip,
  prefixed,
  skippableFrame,
  tar,
  tarMember,
  zstdBomb,
  zstdFrame,
} from '../support/archives.ts';
import { ListSink } from '../support/list-sink.ts';
import { otlpProtobuf } from '../support/otlp-protobuf.ts';
import { trace } from '../support/trace-text.ts';

interface Read {
  /** Path in an archive. */
  readonly entry: string | null;
  readonly containers: string;
  readonly refusal: string | null;
  /** Span ids, without leading zeros. */
  readonly ids: string;
  readonly notes: readonly ImportNote[];
  readonly told: number;
}

async function readAll(bytes: Uint8Array, options: ReadOptions = {}): Promise<Read[]> {
  const dropped = new Blob([new Uint8Array(bytes)]);
  const read: Read[] = [];
  for (const { file, plan } of await planContents(dropped, 'dropped')) {
    const sink = new ListSink();
    const notes = new Notes();
    let told = 0;
    const onBytes = (more: number): void => void (told += more);
    for (const part of plan.parts) await readPart(file, plan, part, sink, notes, { ...options, onBytes });
    read.push({
      entry: plan.entry,
      containers: plan.containers.join(' '),
      refusal: plan.refusal,
      ids: sink
        .spans()
        .map(({ spanId }) => spanId.replace(/^0+/, ''))
        .join(' '),
      notes: notes.list(),
      told: plan.refusal === null ? told : plan.sizeBytes,
    });
  }
  return read;
}

const line = (id: number, name = ''): string =>
  `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"ab","spanId":"${id}","name":"${name}"}]}]}]}\n`;
const lines = (...ids: number[]): string => ids.map((id) => line(id)).join('');

/** `zstd -19 --check` of five lines, in base64. */
const REAL_ZSTD =
  'KLUv/QRolQIAkgMNEpDPAVKOnuagWgovBoeXPDnOTqaQAVb+zx/s+HARzvrnDr3W1E7Z6rE6r7Fneo1eWR89DgoAIJ' +
  'EC0xWYWMEkwgV05URjHsCzaYsGEG6OAZWtB3c=';

const SIZES = [1, 7, 100, undefined];

async function expectIds(bytes: Uint8Array, ids: string, containers: string): Promise<void> {
  for (const chunkBytes of SIZES) {
    const [read] = await readAll(bytes, { chunkBytes });
    expect(read).toMatchObject({ ids, containers, refusal: null, notes: [] });
  }
}

describe('zstd', () => {
  test('one frame, several, and ones to leave out', async () => {
    const frames = [
      zstdFrame(lines(1)),
      skippableFrame('an index'),
      zstdFrame(lines(2, 3), 7),
      zstdFrame(''),
      zstdFrame(line(4).slice(0, 20)),
      zstdFrame(line(4).slice(20)),
    ];
    await expectIds(frames[0], '1', 'zstd');
    await expectIds(joinBytes(frames), '1 2 3 4', 'zstd');
    await expectIds(joinBytes(frames.slice(1)), '2 3 4', 'zstd');
  });

  test('what the program zstd made, with its checksum', async () => {
    await expectIds(
      Uint8Array.from(atob(REAL_ZSTD), (c) => c.charCodeAt(0)),
      '1 2 3 4 5',
      'zstd',
    );
  });

  test('frames of the collector, each after its length: JSON and protobuf', async () => {
    const json = [lines(1), line(2).trim(), lines(3)].map((one) => prefixed(zstdFrame(one)));
    await expectIds(joinBytes(json), '1 2 3', 'zstd records');
    const spans = trace('a  x\na  y\na  z').map((span) => prefixed(zstdFrame(otlpProtobuf([span]))));
    await expectIds(joinBytes(spans), '1 2 3', 'zstd records');
  });

  test('the collector’s lengths within the stream', async () => {
    const messages = trace('a  x\na  y').map((span) => prefixed(otlpProtobuf([span])));
    await expectIds(zstdFrame(joinBytes(messages)), '1 2', 'zstd');
  });

  test('cut off at any byte: what was whole before is kept', async () => {
    const bytes = joinBytes([zstdFrame(lines(1, 2), 40), zstdFrame(lines(3), 1000)]);
    for (let length = 5; length < bytes.length; length++) {
      const [{ ids, notes, refusal }] = await readAll(bytes.subarray(0, length));
      expect('1 2 3'.startsWith(ids)).toBe(true);
      const isFrameEnd = length === zstdFrame(lines(1, 2), 40).length;
      if (refusal === null && !isFrameEnd) expect(notes.map(({ code }) => code)).toContain('zstd-truncated');
    }
  });

  test('damaged bytes are noted', async () => {
    const bytes = joinBytes([zstdFrame(lines(1)), new Uint8Array(50).fill(9)]);
    const [{ ids, notes }] = await readAll(bytes);
    expect(ids).toBe('1');
    expect(notes).toMatchObject([{ code: 'zstd-damaged', effect: 'kept' }]);
  });

  test('a bomb is stopped', async () => {
    const bomb = joinBytes([zstdFrame(lines(1)), zstdBomb(20_000, 0x20)]);
    const [{ ids, notes }] = await readAll(bomb);
    expect(ids).toBe('1');
    expect(notes).toMatchObject([{ code: 'unpacks-too-large', effect: 'kept' }]);
  }, 60_000);
});

describe('zip', () => {
  const files = {
    'a.json': encodeText(lines(1)),
    'folder/': new Uint8Array(0),
    'folder/b.jsonl': encodeText(lines(2, 3)),
    '__MACOSX/._a.json': encodeText('x'),
    'folder/.DS_Store': encodeText('x'),
    'empty.json': new Uint8Array(0),
    'readme.txt': encodeText('Dear reader'),
    'c.json.gz': gzipSync(encodeText(lines(4))),
  };
  const expected = [
    { entry: 'a.json', ids: '1', containers: 'zip', refusal: null },
    { entry: 'folder/b.jsonl', ids: '2 3', containers: 'zip', refusal: null },
    { entry: 'readme.txt', ids: '', containers: 'zip', refusal: 'This is plain text, not a trace file.' },
    { entry: 'c.json.gz', ids: '4', containers: 'zip gzip', refusal: null },
  ];

  test.each([0, 6] as const)('every file in it is one of its own (level %d)', async (level) => {
    for (const nativeGunzip of [undefined, null]) {
      const bytes = zipSync(files, { level });
      const read = await readAll(bytes, { chunkBytes: 50, nativeGunzip });
      expect(read).toMatchObject(expected);
      expect(read.flatMap(({ notes }) => notes)).toEqual([]);
      expect(read.reduce((sum, { told }) => sum + told, 0)).toBeLessThanOrEqual(bytes.length);
    }
  });

  test('within other containers, and others within it', async () => {
    const zip = zipSync(files);
    for (const [bytes, containers, prefix] of [
      [gzipSync(zip), 'gzip zip', ''],
      [zstdFrame(zip), 'zstd zip', ''],
      [zipSync({ 'inner.zip': zip }), 'zip zip', 'inner.zip/'],
      [tar(tarMember('inner.zip', zip)), 'tar zip', 'inner.zip/'],
    ] as const) {
      const read = await readAll(bytes);
      expect(read.slice(0, 2)).toMatchObject([
        { entry: `${prefix}a.json`, ids: '1', containers },
        { entry: `${prefix}folder/b.jsonl`, ids: '2 3', containers },
      ]);
    }
  });

  test('Zip64', async () => {
    const text = lines(1, 2);
    const crc = new Crc32();
    crc.add(encodeText(text));
    const [read] = await readAll(largeZip('large.json', text, crc.value));
    expect(read).toMatchObject({ entry: 'large.json', ids: '1 2', notes: [] });
    const [piped] = await readAll(largeZip('-', text, crc.value, 'as well'));
    expect(piped).toMatchObject({ entry: '-', ids: '1 2', notes: [] });
  });

  test('something before and a comment after it', async () => {
    const zip = zipSync({ 'a.json': encodeText(lines(1)) }, { comment: 'made by a test' });
    expect(await readAll(zip)).toMatchObject([{ ids: '1' }]);
  });

  test('encrypted files, unknown methods, Office documents, recordings', async () => {
    const zip = zipSync({ 'a.json': encodeText(lines(1)) }, { level: 0 });
    const central = strFromU8(zip, true).indexOf('PK\u0001\u0002');
    const changed = (at: number, byte: number): Uint8Array => {
      const copy = zip.slice();
      copy[central + at] = byte;
      return copy;
    };
    const sentences = await Promise.all(
      [
        changed(8, 1),
        changed(10, 93),
        zipSync({ '[Content_Types].xml': new Uint8Array(1), 'xl/workbook.xml': new Uint8Array(1) }),
        zipSync({ 'trace.trace': new Uint8Array(1) }),
        zipSync({}),
        zip.subarray(0, central),
      ].map(async (bytes) => (await readAll(bytes))[0].refusal),
    );
    expect(sentences).toEqual([
      expect.stringContaining('encrypted'),
      expect.stringContaining('(93)'),
      expect.stringContaining('Office document'),
      expect.stringContaining('Playwright'),
      expect.stringContaining('no files'),
      expect.stringContaining('cut off or damaged'),
    ]);
  });

  test('a damaged file in it is noted, the others are read', async () => {
    const zip = zipSync({ 'a.json': encodeText(lines(1, 2, 3)), 'b.json': encodeText(lines(4)) });
    zip[60] ^= 0xff;
    const [, second] = await readAll(zip);
    expect(second).toMatchObject({ ids: '4', notes: [] });
  });
});

test('looking into a file leaves no stream half read behind', async () => {
  const text = encodeText(lines(1, 2, 3).repeat(3000));
  const stream = vi.spyOn(Blob.prototype, 'stream');
  const stored = zipSync({ 'a.jsonl': text, 'b.jsonl.gz': gzipSync(text) }, { level: 0 });
  const files = [
    text,
    gzipSync(text),
    zstdFrame(text),
    stored,
    zipSync({ 'a.jsonl': text }),
    tar(tarMember('a.jsonl', text)),
  ];
  for (const bytes of files) {
    const contents = await planContents(new Blob([new Uint8Array(bytes)]), 'file');
    expect(contents.map(({ plan }) => plan.format)).toContain('OTLP/JSON');
  }
  expect(stream).not.toHaveBeenCalled();
  stream.mockRestore();
});

describe('tar', () => {
  const long = `${'folder/'.repeat(20)}long.json`;
  const archive = tar(
    tarMember('folder/', '', '5'),
    tarMember('a.json', lines(1)),
    tarMember('././@LongLink', `${long}\0`, 'L'),
    tarMember('short.json', lines(2)),
    tarMember('pax', '18 path=pax.json\n', 'x'),
    tarMember('ignored', lines(3)),
    tarMember('._a.json', 'x'),
    tarMember('big.json', lines(4) + ' '.repeat(300_000) + lines(5)),
    tarMember('link', '', '2'),
    tarMember('packed.json.gz', gzipSync(encodeText(lines(6)))),
  );
  const expected = [
    { entry: 'a.json', ids: '1', refusal: null },
    { entry: long, ids: '2', refusal: null },
    { entry: 'pax.json', ids: '3', refusal: null },
    { entry: 'big.json', ids: '4 5', refusal: null },
    { entry: 'packed.json.gz', ids: '6', refusal: null },
  ];

  test('every file in it is one of its own, packed or not', async () => {
    expect(await readAll(archive)).toMatchObject(expected);
    expect(await readAll(gzipSync(archive), { chunkBytes: 100 })).toMatchObject(expected);
    expect(await readAll(zstdFrame(archive))).toMatchObject(expected);
  });

  test('a file too large to be taken out is read in its place', async () => {
    const filler = `${JSON.stringify({ resourceSpans: [], filler: 'x'.repeat(1_000_000) })}\n`;
    const big = tar(tarMember('a.json', lines(1)), tarMember('b.json', filler.repeat(5) + lines(2)));
    for (const bytes of [big, gzipSync(big)]) {
      const read = await readAll(bytes);
      expect(read.map(({ entry, ids }) => [entry, ids])).toEqual([
        ['a.json', '1'],
        ['b.json', '2'],
      ]);
      expect(read.reduce((sum, { told }) => sum + told, 0)).toBeLessThanOrEqual(bytes.length + 1);
    }
  });

  test('cut off at any block, the files before are read', async () => {
    for (let length = 512; length < archive.length; length += 5120) {
      const read = await readAll(archive.subarray(0, length));
      expect(expected.map(({ entry }) => entry)).toEqual(
        expect.arrayContaining(read.map(({ entry }) => entry).filter((entry) => entry !== null)),
      );
    }
  });

  test('without files', async () => {
    expect((await readAll(tar(tarMember('folder/', '', '5'))))[0].refusal).toMatch(/no files/);
  });
});

describe('text', () => {
  test.each(['utf-16le', 'utf-16be'] as const)('%s', async (encoding) => {
    const text = `\ufeff${line(1, 'grüße 😀')}${line(2)}`;
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), encoding === 'utf-16le');
    await expectIds(bytes, '1 2', 'UTF-16');
    await expectIds(gzipSync(bytes), '1 2', 'gzip UTF-16');
  });

  test('JSON after its length', async () => {
    const bytes = joinBytes([prefixed(line(1).trim()), prefixed(lines(2)), prefixed(line(3).trim())]);
    await expectIds(bytes, '1 2 3', 'length-prefixed');
    const [{ ids, notes }] = await readAll(bytes.subarray(0, -5));
    expect(ids).toBe('1 2 3');
    expect(notes).toMatchObject([{ code: 'truncated' }]);
  });

  test('five layers are taken off, and no more', async () => {
    let bytes: Uint8Array = encodeText(lines(1));
    for (let i = 0; i < 5; i++) bytes = gzipSync(bytes);
    expect(await readAll(bytes)).toMatchObject([{ ids: '1' }]);
    expect((await readAll(gzipSync(bytes)))[0].refusal).not.toBeNull();
  });
});

describe('logs', () => {
  test('Docker’s, with lines cut into pieces', async () => {
    const entry = (log: string, stream: string): string =>
      `${JSON.stringify({ log, stream, time: '2024-05-01T12:51:30.123456789Z' })}\n`;
    const text =
      entry('starting …\n', 'stderr') +
      entry(line(1), 'stdout') +
      entry(line(2).slice(0, 30), 'stdout') +
      entry('between\n', 'stderr') +
      entry(line(2).slice(30), 'stdout') +
      entry(line(3).trim(), 'stdout');
    for (const chunkBytes of SIZES) {
      const [read] = await readAll(encodeText(text), { chunkBytes });
      expect(read).toMatchObject({ ids: '1 2 3', containers: 'Docker log' });
    }
  });

  test('CRI’s, with partial lines', async () => {
    const entry = (log: string, flag: string): string =>
      `2024-05-01T12:51:30.123456789Z stdout ${flag} ${log}\n`;
    const text =
      entry(line(1).trim(), 'F') +
      entry(line(2).slice(0, 30), 'P') +
      '2024-05-01T12:51:30.2Z stderr F other\n' +
      entry(line(2).slice(30).trim(), 'F');
    for (const chunkBytes of SIZES) {
      const [read] = await readAll(encodeText(text), { chunkBytes });
      expect(read).toMatchObject({ ids: '1 2', containers: 'CRI log' });
    }
  });

  test.each([
    ['kubectl', (json: string) => `2024-05-01T12:51:30.123456789Z ${json}`],
    ['stern', (json: string) => `[pod/gateway-1/app] ${json}`],
    ['docker compose', (json: string) => `gateway-1  | ${json}`],
    ['a logger', (json: string) => `12:51:30.123 [main] INFO  zipkin2.reporter - ${json}`],
  ])('lines with what %s puts before them', async (_name, prefix) => {
    const zipkin = (id: number): string => `[{"traceId":"ab","id":"${id}","name":"x","kind":"SERVER"}]`;
    const text = [prefix(zipkin(1)), prefix('hello'), prefix(zipkin(2))].join('\n');
    const [read] = await readAll(encodeText(text));
    expect(read).toMatchObject({ ids: '1 2', refusal: null });
  });
});
