import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { GunzipSource } from '../../src/formats/gunzip.ts';
import { Notes } from '../../src/model/import-note.ts';
import { Crc32 } from '../../src/util/crc32.ts';
import type { ByteSource } from '../../src/formats/source.ts';

const TEXT = Array.from({ length: 4000 }, (_, i) => `line ${i} of a file that compresses well\n`).join('');

function sourceOf(bytes: Uint8Array): ByteSource {
  let done = false;
  return {
    base: 0,
    next: () => {
      const chunk = done ? null : bytes;
      done = true;
      return Promise.resolve(chunk);
    },
  };
}

/** native null: fflate from the start; undefined: the platform first. */
async function gunzip(
  bytes: Uint8Array,
  native: null | undefined,
): Promise<{ text: string; codes: string[] }> {
  const notes = new Notes();
  const source = new GunzipSource({ open: () => sourceOf(bytes), notes, native });
  const decoder = new TextDecoder();
  let text = '';
  for (let chunk = await source.next(); chunk; chunk = await source.next()) {
    text += decoder.decode(chunk, { stream: true });
  }
  return { text, codes: notes.list().map(({ code }) => code) };
}

const WAYS = [
  ['natively', undefined],
  ['by fflate', null],
] as const;

test.each(WAYS)('members one after another are read whole, %s', async (_, native) => {
  const members = Buffer.concat([gzipSync(TEXT), gzipSync(''), gzipSync('end')]);
  expect(await gunzip(members, native)).toEqual({ text: `${TEXT}end`, codes: [] });
});

test.each(WAYS)('a wrong checksum is told, %s: the bytes may be wrong', async (_, native) => {
  const member = gzipSync(TEXT);
  member[member.length - 6] ^= 1;
  const { text, codes } = await gunzip(member, native);
  expect([text === TEXT, codes]).toEqual([true, ['gzip-checksum']]);
});

test.each(WAYS)('a changed byte in stored data is told, %s', async (_, native) => {
  const member = gzipSync(TEXT, { level: 0 });
  member[200] ^= 1;
  const { codes } = await gunzip(Buffer.concat([member, gzipSync('more')]), native);
  expect(codes).toEqual(['gzip-checksum']);
});

test('the checksum is that of the standard’s example', () => {
  const crc = new Crc32();
  crc.add(new TextEncoder().encode('1234'));
  crc.add(new TextEncoder().encode('56789'));
  expect(crc.value).toBe(0xcbf43926);
});
