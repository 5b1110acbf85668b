import { afterEach, describe, expect, it, vi } from 'vitest';
import { streamBytes } from '../../src/formats/stream-bytes.ts';

const BYTES = Uint8Array.from({ length: 10_000 }, (_, i) => (i * 31) % 251);

/** A file whose stream gives these pieces, of the bytes from `at` on, and cannot fill a buffer. */
function fileInPieces(sizes: readonly number[], at = 0): Blob {
  const blob = new Blob([BYTES.subarray(at)]);
  blob.stream = () => {
    let from = at;
    const left = [...sizes];
    return new ReadableStream({
      pull(controller) {
        const size = left.shift();
        if (size === undefined) return controller.close();
        controller.enqueue(BYTES.slice(from, from + size));
        from += size;
      },
    });
  };
  return blob;
}

/** A file whose byte stream gives 1000 bytes, then nothing more. */
function stuckFile(): { file: Blob; wasCancelled: () => boolean } {
  const file = new Blob([BYTES]);
  let given = false;
  let cancelled = false;
  file.stream = () =>
    new ReadableStream<Uint8Array<ArrayBuffer>>({
      type: 'bytes',
      pull(controller) {
        if (given) return new Promise(() => undefined);
        given = true;
        controller.enqueue(BYTES.slice(0, 1000));
        return undefined;
      },
      cancel: () => {
        cancelled = true;
      },
    });
  return { file, wasCancelled: () => cancelled };
}

async function readAll(file: Blob, chunkBytes: number) {
  const bytes = streamBytes(file, chunkBytes);
  const all: number[] = [];
  const lengths: number[] = [];
  const chunks: Uint8Array[] = [];
  for (let chunk = await bytes.next(); chunk; chunk = await bytes.next()) {
    all.push(...chunk);
    lengths.push(chunk.length);
    chunks.push(chunk);
  }
  return { all, lengths, chunks };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('bytes of a file', () => {
  it.each([7, 4096, 10_000, 20_000])('come whole and in order, %i at most', async (most) => {
    const { all, lengths } = await readAll(new Blob([BYTES]), most);
    expect(all).toEqual([...BYTES]);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(most);
  });

  it('come in one buffer, which is taken back with the next call', async () => {
    const { chunks } = await readAll(new Blob([BYTES]), 1000);
    expect(chunks.length).toBeGreaterThan(5);
    // All but the last have been detached.
    for (const chunk of chunks.slice(0, -1)) expect(chunk.buffer.byteLength).toBe(0);
  });

  it.each([[[10_000]], [[1, 2999, 7000]], [[500, 500, 9000]]])(
    'come whole where the stream fills no buffer, pieces of %j',
    async (sizes) => {
      const { all, lengths } = await readAll(fileInPieces(sizes), 1000);
      expect(all).toEqual([...BYTES]);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(1000);
    },
  );

  it('are none of an empty file', async () => {
    expect((await readAll(new Blob([]), 1000)).all).toEqual([]);
  });

  it('come whole from a stream that is stuck: the rest is read the plain way', async () => {
    vi.useFakeTimers();
    const { file, wasCancelled } = stuckFile();
    const reading = readAll(file, 4096);
    await vi.runAllTimersAsync();
    expect((await reading).all).toEqual([...BYTES]);
    expect(wasCancelled()).toBe(true);
  });

  it('are given up when closed', async () => {
    const { file, wasCancelled } = stuckFile();
    const bytes = streamBytes(file, 4096);
    await bytes.next();
    await bytes.close();
    expect(wasCancelled()).toBe(true);
  });
});
