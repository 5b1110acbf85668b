/** Browsers' DecompressionStream, for tests: Node's goes on after the first gzip member, theirs fails there. */
import type { NativeGunzip } from '../../src/formats/gunzip.ts';

/** Unpacks the first member and fails where another follows. */
export const firstMemberOnly: NativeGunzip = (compressed) => {
  let inflated: Promise<Uint8Array[]> | null = null;
  let failed = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      inflated ??= inflateFirst(compressed).then((found) => {
        failed = found.followed;
        return found.pieces;
      });
      const piece = (await inflated).shift();
      if (piece) controller.enqueue(piece);
      else if (failed) controller.error(new TypeError('Junk found after end of compressed data.'));
      else controller.close();
    },
  });
};

async function inflateFirst(
  compressed: ReadableStream<BufferSource>,
): Promise<{ pieces: Uint8Array[]; followed: boolean }> {
  const { Gunzip } = await import('fflate');
  const pieces: Uint8Array[] = [];
  let followed = false;
  const gunzip = new Gunzip((data) => {
    if (!followed) pieces.push(data.slice());
  });
  gunzip.onmember = () => {
    followed = true;
  };
  const reader = compressed.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    gunzip.push(new Uint8Array(read.value as Uint8Array));
  }
  return { pieces, followed };
}
