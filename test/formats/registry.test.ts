/**
 * What every registered format owes (docs/add-a-format.md): samples that no other format claims, whole records
 * from a file cut anywhere, neither an error nor a hang for damaged ones, and its line in the README.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimants } from '../../src/formats/detect.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import type { ImportNote } from '../../src/model/dataset.ts';
import { readWithListSink } from '../support/read-bytes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLES = path.join(ROOT, 'test/samples');
const IDS = FORMATS.map(({ id }) => id);

interface Sample {
  readonly name: string;
  readonly folder: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const SAMPLE_FILES: readonly Sample[] = readdirSync(SAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: folder }) =>
    readdirSync(path.join(SAMPLES, folder))
      .filter((file) => !file.endsWith('.expected.txt'))
      .map((file) => ({
        name: `${folder}/${file}`,
        folder,
        bytes: new Uint8Array(readFileSync(path.join(SAMPLES, folder, file))),
      })),
  );

const codes = (notes: readonly ImportNote[]) =>
  notes.map(({ code, effect, count }) => ({ code, effect, count }));

/** The smallest sample of which spans are read. */
async function smallSample(id: string): Promise<Sample> {
  const own = SAMPLE_FILES.filter(({ folder }) => folder === id);
  for (const sample of own.toSorted((a, b) => a.bytes.length - b.bytes.length)) {
    const { spans, notes } = await readWithListSink(sample.bytes);
    if (spans.length > 0 && notes.every(({ effect }) => effect !== 'rejected')) return sample;
  }
  throw new Error(`${id} has no sample with spans`);
}

test('ids and labels are given once', () => {
  expect(new Set(IDS).size).toBe(IDS.length);
  expect(new Set(FORMATS.map(({ label }) => label)).size).toBe(IDS.length);
});

test('the README’s table of what it reads names every format by its label', () => {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const table = /## What it reads\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
  expect(FORMATS.map(({ label }) => label).filter((label) => !table.includes(label))).toEqual([]);
});

describe('detection', () => {
  test.each(SAMPLE_FILES)('$name is claimed by its own format and no other', ({ name, folder, bytes }) => {
    const claimed = claimants({ bytes, complete: true, name }).map(({ id }) => id);
    expect(claimed).toEqual(folder === 'not-a-trace' ? [] : [folder]);
  });
});

describe.each(IDS)('%s', (id) => {
  test('cut at every byte of a small sample, keeps its whole records', async () => {
    const { bytes } = await smallSample(id);
    const format = FORMATS.find((candidate) => candidate.id === id);
    const whole = (await readWithListSink(bytes)).spans.map(({ spanId }) => spanId);
    let kept = 0;
    for (let length = 1; length < bytes.length; length++) {
      const { spans, plan } = await readWithListSink(bytes.subarray(0, length));
      if (plan.formatId !== id) continue;
      expect(spans.map(({ spanId }) => spanId)).toEqual(whole.slice(0, spans.length));
      expect(spans.length).toBeGreaterThanOrEqual(kept);
      kept = spans.length;
    }
    // Parquet has its table of contents at the end.
    if (id !== 'parquet') expect(kept, format?.label).toBeGreaterThanOrEqual(whole.length - 1);
  });

  test('flipped, dropped and doubled bytes are survived, the same in any chunks', async () => {
    const { bytes } = await smallSample(id);
    const change = fc.record({
      at: fc.nat(bytes.length - 1),
      byte: fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('{}[],:"\\\n 0-eEnNtfu.'))),
      kind: fc.constantFrom('flip', 'drop', 'insert'),
    });
    const changes = fc.array(change, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(changes, fc.integer({ min: 1, max: 300 }), async (list, chunkBytes) => {
        const changed = [...bytes];
        for (const { at, byte, kind } of list) {
          if (kind === 'flip') changed[at] = byte;
          else changed.splice(at, kind === 'drop' ? 1 : 0, ...(kind === 'insert' ? [byte] : []));
        }
        const whole = await readWithListSink(new Uint8Array(changed));
        const small = await readWithListSink(new Uint8Array(changed), { chunkBytes });
        expect(small.spans).toEqual(whole.spans);
        // Which of several damaged columns is met first, and so the message, is not the same each time.
        expect(codes(small.notes)).toEqual(codes(whole.notes));
        for (const span of whole.spans) {
          expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
          expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
