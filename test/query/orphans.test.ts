/** Records that only add to a span (docs/semantics.md): with it, before it, and without it. */
import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { assembleSpans } from '../support/assemble-spans.ts';
import { readWithListSink } from '../support/read-bytes.ts';

const SAMPLE = new URL('../samples/elastic-apm/whole-trace.jsonl', import.meta.url);

async function sample() {
  const { spans } = await readWithListSink(new Uint8Array(readFileSync(SAMPLE)));
  return { whole: spans.filter(({ partial }) => !partial), errors: spans.filter(({ partial }) => partial) };
}

test('an error completes its span, whichever comes first', async () => {
  const { whole, errors } = await sample();
  expect(errors.length).toBeGreaterThan(0);
  const after = assembleSpans([...whole, ...errors]);
  const before = assembleSpans([...errors, ...whole]);
  for (const { counts } of [after, before]) {
    expect(counts).toMatchObject({ spans: whole.length, duplicates: errors.length, rejected: 0, orphans: 0 });
  }
  expect(before.fingerprint).toBe(after.fingerprint);
  const reasons = ({ requests }: typeof after) => Array.from(requests.reason, (text) => requests.texts[text]);
  expect(reasons(after).join()).toContain('SQLException');
  expect(reasons(before)).toEqual(reasons(after));
});

test('an error without its span is no request, and is counted apart', async () => {
  const { whole, errors } = await sample();
  const others = whole.filter(({ spanId }) => errors.every((error) => error.spanId !== spanId));
  const { counts, requests, files } = assembleSpans([...others, ...errors]);
  expect(counts).toMatchObject({ spans: others.length, orphans: errors.length, rejected: errors.length });
  expect(counts.records).toBe(counts.spans + counts.duplicates + counts.rejected);
  expect(requests.count).toBe(assembleSpans(others).requests.count);
  expect(requests.services).toEqual(assembleSpans(others).requests.services);
  expect(files[0]).toMatchObject({ spans: others.length, orphans: errors.length });
});
