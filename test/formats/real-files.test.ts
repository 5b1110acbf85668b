/** Every OTLP and Jaeger file of the shared collection: as many spans as a naive count with JSON.parse finds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readWithListSink } from '../support/read-bytes.ts';

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const present = existsSync(DATA);

const files = present
  ? readdirSync(DATA, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(json|jsonl|txt|csv)$/.test(entry.name))
      .map((entry) => path.relative(DATA, path.join(entry.parentPath, entry.name)))
  : [];

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Documents of a file: all of it, or what its lines or concatenated pretty-printed documents hold. */
function documentsOf(text: string): Json[] {
  const documents: Json[] = [];
  let pending = '';
  for (const line of text.split('\n')) {
    // A line that begins like a document begins one; a broken one before it is forgotten.
    if (/^[[{]/.test(line) && pending.trim() !== '') {
      documents.push(...tryParse(pending));
      pending = '';
    }
    pending += `${line}\n`;
  }
  documents.push(...tryParse(pending));
  const whole = tryParse(text);
  return whole.length > 0 ? whole : documents;
}

function tryParse(text: string): Json[] {
  try {
    return [JSON.parse(text) as Json];
  } catch {
    return [];
  }
}

/** Objects in lists named `spans` that carry both ids. */
function countSpans(json: Json): number {
  if (json === null || typeof json !== 'object') return 0;
  if (Array.isArray(json)) return json.reduce<number>((sum, item) => sum + countSpans(item as Json), 0);
  return Object.entries(json).reduce((sum, [key, value]) => {
    if (key === 'references') return sum;
    return sum + (key === 'spans' && Array.isArray(value) ? value.length : countSpans(value));
  }, 0);
}

describe.skipIf(!present)('real files', () => {
  test('lie where they are expected', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  test.each(files)('%s', async (name) => {
    const bytes = readFileSync(path.join(DATA, name));
    const { plan, spans, notes } = await readWithListSink(bytes);
    const isOurs = /^(otlp|jaeger|rum|research\/(deathstarbench|traceweaver)|vendors\/uber)/.test(name);
    const isOther = /domain_01|es_01|traces_basic_expected|oltp-arrow/.test(name);
    if (/^(zipkin|opencensus)\//.test(name)) {
      expect(plan.formatId).toBe(name.startsWith('zipkin') ? 'zipkin' : 'zipkin-v1');
      expect(notes).toEqual([]);
      expect(spans.length).toBe((JSON.parse(bytes.toString('utf8')) as Json[]).flat(3).length);
      return;
    }
    if (!isOurs || isOther) {
      expect(['otlp-json', 'jaeger-json']).not.toContain(plan.formatId);
      return;
    }
    expect(['otlp-json', 'jaeger-json']).toContain(plan.formatId);
    const rejected = notes.filter(
      ({ effect, code }) => effect === 'rejected' && /^no-(trace-|span-)?id$/.test(code),
    );
    const expected = documentsOf(bytes.toString('utf8')).reduce<number>(
      (sum, json) => sum + countSpans(json),
      0,
    );
    expect(expected).toBeGreaterThan(0);
    expect(spans.length + rejected.reduce((sum, { count }) => sum + count, 0)).toBe(expected);
  });
});

test.runIf(!present)('real files: skipped, ../shared/data is not here', () => {
  expect(files).toEqual([]);
});
