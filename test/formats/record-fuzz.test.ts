/** Samples of the record formats with parts of them swapped for nonsense: notes, never an error. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/formats/registry.ts';
import { BlobSource } from '../../src/formats/source.ts';
import { Notes } from '../../src/model/import-note.ts';
import { ListSink } from '../support/list-sink.ts';

const SAMPLES = fileURLToPath(new URL('../samples', import.meta.url));
const IDS = [
  'aws-xray',
  'cloudwatch-spans',
  'data-prepper',
  'datadog',
  'elastic-apm',
  'elastic-intake',
  'elastic-otel',
  'elastic-rum',
  'google-trace-v1',
  'google-trace-v2',
  'jaeger-elastic',
  'jaeger-protobuf-json',
  'lightstep',
  'new-relic',
  'otlp-flattened',
  'skywalking',
  'uptrace',
];

const NONSENSE = [
  'null',
  '7',
  '-1',
  '1e400',
  '12345678901234567890123',
  'true',
  '""',
  '"\\u0000"',
  '[]',
  '{}',
  '[null]',
  '[[[]]]',
  '{"__proto__":{"a":1},"constructor":1}',
  '"2024-99-99T99:99:99Z"',
];

/** Replaces the n-th value of the JSON text; the first of a list is one. */
function withNonsense(text: string, n: number, nonsense: string): string {
  const values = [
    ...text.matchAll(/(?<=:\s*\[?)("(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null|\[\]|\{\})(?=\s*[,}\]])/g),
  ];
  const value = values[n % values.length];
  return text.slice(0, value.index) + nonsense + text.slice(value.index + value[0].length);
}

describe.each(IDS)('%s', (id) => {
  const format = FORMATS.find((candidate) => candidate.id === id);
  const texts = readdirSync(path.join(SAMPLES, id))
    .filter((file) => !/\.(csv|expected\.txt)$/.test(file))
    .map((file) => readFileSync(path.join(SAMPLES, id, file), 'utf8'));

  test('reads on, whatever stands in place of a value', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.array(fc.tuple(fc.nat(500), fc.constantFrom(...NONSENSE)), { minLength: 1, maxLength: 4 }),
        async (sample, changes) => {
          const text = changes.reduce((changed, [n, nonsense]) => withNonsense(changed, n, nonsense), sample);
          const sink = new ListSink();
          const notes = new Notes();
          await format?.read(new BlobSource(new Blob([text])), sink, notes);
          for (const span of sink.spans()) {
            expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
            expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
          }
          expect(notes.list().filter(({ code }) => code === 'record-unreadable')).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('an object’s prototype is never changed', async () => {
    const polluting = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    for (const text of texts) {
      for (let n = 0; n < 40; n++) {
        const changed = withNonsense(text, n, polluting);
        await format?.read(new BlobSource(new Blob([changed])), new ListSink(), new Notes());
      }
    }
    expect('polluted' in {}).toBe(false);
  });
});
