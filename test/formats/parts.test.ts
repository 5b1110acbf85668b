/** Files of lines that are read in parts: every line exactly once, wherever the cuts fall. */
import { expect, test } from 'vitest';
import { planFile } from '../../src/formats/plan-file.ts';
import { encodeText } from '../../src/util/bytes.ts';
import { numberLines } from '../../src/formats/note-lines.ts';
import { readWithListSink } from '../support/read-bytes.ts';

function line(i: number, padding = 0): string {
  const span = { traceId: 'ab', spanId: (i + 1).toString(16), name: 'x'.repeat(padding) };
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
}

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, i) => (i + 1).toString(16).padStart(16, '0'));
}

test('cuts at any size keep every line once and in order', async () => {
  const text = Array.from({ length: 30 }, (_, i) => line(i, i % 7)).join('\n') + '\n';
  for (let partBytes = 1; partBytes < 400; partBytes += 3) {
    const { plan, spans, notes } = await readWithListSink(encodeText(text), { partBytes, chunkBytes: 50 });
    expect(plan.parts.length).toBe(Math.ceil(text.length / partBytes));
    expect(spans.map(({ spanId }) => spanId)).toEqual(ids(30));
    expect(notes).toEqual([]);
  }
});

test('a line longer than a part belongs to the part it begins in', async () => {
  const text = [line(0), line(1, 5000), line(2), line(3)].join('\n');
  const { spans, plan } = await readWithListSink(encodeText(text), { partBytes: 300 });
  expect(plan.parts.length).toBeGreaterThan(10);
  expect(spans.map(({ spanId }) => spanId)).toEqual(ids(4));
});

test('bytes consumed add up to the file, whatever the container', async () => {
  const { gzipSync } = await import('fflate');
  const text = encodeText(Array.from({ length: 50 }, (_, i) => line(i, 50)).join('\n'));
  for (const bytes of [text, gzipSync(text), Buffer.concat([gzipSync(text), gzipSync(text)])]) {
    for (const nativeGunzip of [undefined, null]) {
      let told = 0;
      const onBytes = (more: number): void => {
        expect(more).toBeGreaterThan(0);
        told += more;
      };
      await readWithListSink(bytes, { chunkBytes: 64, nativeGunzip, onBytes });
      expect(told).toBe(bytes.length);
    }
  }
});

test.each([
  ['one document', `${' '.repeat(900)}${line(0)}`],
  ['pretty-printed documents', `${JSON.stringify(JSON.parse(line(0)), null, 1)}\n`.repeat(50)],
  [
    'a line, then pretty-printed documents',
    `${line(0)}\n${`${JSON.stringify(JSON.parse(line(0)), null, 1)}\n`.repeat(50)}`,
  ],
  ['a first line that is no whole document', `{"resourceSpans":[\n${'{},\n'.repeat(500)}{}]}`],
])('%s is read in one part', async (_name, text) => {
  const file = new Blob([text]);
  expect((await planFile(file, 'x', 500)).parts).toEqual([{ from: 0, to: file.size }]);
});

test('samples of a file of lines are asked for at once, and its head once', async () => {
  class CountingBlob extends Blob {
    heads = 0;
    asked: number[] = [];
    waiting: (() => void)[] = [];

    override slice(from = 0, to = this.size): Blob {
      const part = super.slice(from, to);
      const read = part.arrayBuffer.bind(part);
      part.arrayBuffer = async () => {
        if (from === 0) {
          this.heads++;
          return read();
        }
        this.asked.push(from);
        // The first sample is answered when all have been asked for.
        if (this.asked.length < 4) await new Promise<void>((resolve) => this.waiting.push(resolve));
        else for (const goOn of this.waiting) goOn();
        return read();
      };
      return part;
    }
  }
  const file = new CountingBlob([Array.from({ length: 90 }, (_, i) => line(i)).join('\n')]);
  expect((await planFile(file, 'x', 500)).parts.length).toBeGreaterThan(1);
  expect(file.asked.length).toBe(4);
  expect(file.heads).toBe(1);
});

test('a note in a later part gets its line in the file', async () => {
  const text = [...Array.from({ length: 20 }, (_, i) => line(i)), '{broken', line(21)].join('\n');
  const file = new Blob([text]);
  const { plan, notes } = await readWithListSink(encodeText(text), { partBytes: 100 });
  expect(notes).toMatchObject([{ code: 'json-syntax', count: 1, bytePosition: text.indexOf('{broken') + 1 }]);
  expect(await numberLines(file, plan, notes)).toMatchObject([{ code: 'json-syntax', line: 21 }]);
});

test('reading stops when it is cancelled, and waits when it is told to', async () => {
  const text = encodeText(Array.from({ length: 100 }, (_, i) => line(i)).join('\n'));
  const controller = new AbortController();
  let chunks = 0;
  const beforeChunk = async (): Promise<void> => {
    await Promise.resolve();
    if (++chunks === 3) controller.abort();
  };
  await expect(
    readWithListSink(text, { chunkBytes: 100, beforeChunk, signal: controller.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
  expect(chunks).toBe(3);
  const { gzipSync } = await import('fflate');
  await expect(
    readWithListSink(gzipSync(text), { chunkBytes: 100, signal: controller.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});
