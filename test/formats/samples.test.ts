/**
 * The loop over test/samples: every file is read as its folder says, with the spans its .expected.txt says,
 * however its bytes arrive. WRITE_EXPECTED=1 writes the expectations of new samples, to be read and checked.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/formats/registry.ts';
import { dumpReading, dumpSpan } from '../support/dump-spans.ts';
import { readWithListSink } from '../support/read-bytes.ts';
import { firstMemberOnly } from '../support/native-gunzip.ts';

const SAMPLES = fileURLToPath(new URL('../samples', import.meta.url));
const NOT_A_TRACE = 'not-a-trace';
/** One document, spans within each other, or read from the end: none is whole before the last. */
const TREES: ReadonlySet<string> = new Set([
  'uptrace/tree.json',
  'elastic-intake/version-1.json',
  'parquet/jaeger-documents.parquet',
]);

interface Sample {
  readonly folder: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly expectedFile: string;
}

const samples: readonly Sample[] = readdirSync(SAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: folder }) =>
    readdirSync(path.join(SAMPLES, folder))
      .filter((file) => !file.endsWith('.expected.txt'))
      .map((file) => ({
        folder,
        name: `${folder}/${file}`,
        bytes: new Uint8Array(readFileSync(path.join(SAMPLES, folder, file))),
        expectedFile: path.join(SAMPLES, folder, `${file.replace(/\.\w+$/, '')}.expected.txt`),
      })),
  );
const traces = samples.filter(({ folder }) => folder !== NOT_A_TRACE);

function expectedOf({ expectedFile }: Sample): string {
  return readFileSync(expectedFile, 'utf8');
}

test('every format has samples, and every folder is a format', () => {
  const folders = [...new Set(samples.map(({ folder }) => folder))].toSorted();
  expect(folders).toEqual([...FORMATS.map(({ id }) => id), NOT_A_TRACE].toSorted());
});

describe('samples', () => {
  test.each(samples)('$name: is what its expectation says', async (sample) => {
    const reading = await readWithListSink(sample.bytes);
    const dump = dumpReading(reading);
    if (process.env.WRITE_EXPECTED && !existsSync(sample.expectedFile))
      writeFileSync(sample.expectedFile, dump);
    expect(dump).toBe(expectedOf(sample));
    expect(reading.plan.formatId ?? NOT_A_TRACE).toBe(sample.folder);
  });

  test.each(samples)('$name: no two formats claim it, and its name is no hint', async ({ bytes, folder }) => {
    const file = new File([new Uint8Array(bytes)], 'spans.csv.gz');
    const { planFile } = await import('../../src/formats/plan-file.ts');
    expect((await planFile(file, file.name)).formatId ?? NOT_A_TRACE).toBe(folder);
  });

  test.each(traces)('$name: is the same in small chunks', async (sample) => {
    for (const chunkBytes of [1, 61]) {
      const reading = await readWithListSink(sample.bytes, { chunkBytes });
      expect(dumpReading(reading), `chunks of ${chunkBytes}`).toBe(expectedOf(sample));
    }
  });

  test.each(traces)('$name: is the same in gzip, of one member or two, natively or not', async (sample) => {
    const middle = sample.bytes.length >> 1;
    const one = gzipSync(sample.bytes);
    const two = [sample.bytes.subarray(0, middle), sample.bytes.subarray(middle)].map((half) =>
      gzipSync(half),
    );
    const joined = Buffer.concat(two);
    for (const nativeGunzip of [undefined, null, firstMemberOnly]) {
      for (const packed of [one, joined, gzipSync(joined)]) {
        const reading = await readWithListSink(packed, { nativeGunzip, chunkBytes: 100 });
        expect(reading.plan.containers).toContain('gzip');
        expect(dumpReading(reading)).toBe(expectedOf(sample));
      }
    }
  });

  test.each(traces)('$name: cut off anywhere, keeps the spans before the cut', async (sample) => {
    const whole = await readWithListSink(sample.bytes);
    const ids = whole.spans.map(({ spanId }) => spanId);
    const step = Math.max(1, Math.floor(sample.bytes.length / 50));
    let kept = 0;
    const { length: size } = sample.bytes;
    for (let length = 1 + ((size - 2) % step); length < size; length += step) {
      const { spans, plan } = await readWithListSink(sample.bytes.subarray(0, length));
      if (plan.refusal !== null) continue;
      expect(spans.map(({ spanId }) => spanId)).toEqual(ids.slice(0, spans.length));
      expect(spans.length).toBeGreaterThanOrEqual(kept);
      kept = spans.length;
    }
    if (!TREES.has(sample.name)) expect(kept).toBeGreaterThanOrEqual(ids.length - 1);
  });

  test.each(traces)(
    '$name: cut off in the middle of its gzip, keeps what can be unpacked',
    async (sample) => {
      const packed = gzipSync(sample.bytes);
      const whole = (await readWithListSink(sample.bytes)).spans.map(({ spanId }) => spanId);
      const step = Math.max(1, Math.floor(packed.length / 12));
      for (let length = 30; length < packed.length; length += step) {
        for (const nativeGunzip of [undefined, null]) {
          const { spans, plan, notes } = await readWithListSink(packed.subarray(0, length), { nativeGunzip });
          if (plan.refusal !== null) continue;
          expect(spans.map(({ spanId }) => spanId)).toEqual(whole.slice(0, spans.length));
          expect(notes.map(({ code }) => code)).toContain('gzip-truncated');
        }
      }
    },
  );
});

test('a line of a dump shows all there is of a span', () => {
  expect(
    dumpSpan({
      traceId: '000000000000000000000000000000ff',
      spanId: '0000000000000001',
      parentSpanId: '0000000000000002',
      name: 'n',
      kind: 2,
      startUnixNano: 5n,
      durationNs: null,
      status: 2,
      statusMessage: 'm',
      shared: false,
      resource: { attributes: new Map() },
      scope: { name: '', version: '' },
      attributes: new Map([['a', { type: 'int', value: '1' }]]),
      events: [],
      links: [{ traceId: '01', spanId: '02' }],
    }),
  ).toBe('? “n” server ERROR “m” ff/1<2 5 no end {a=int 1} link 1/2');
});
