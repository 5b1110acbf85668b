/** Documents that are texts of JSON themselves. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isJsonText, JsonTextSource } from '../../src/formats/json-text-layer.ts';
import { type ByteSource, MemorySource } from '../../src/formats/source.ts';
import { decodeBytes, encodeText, joinBytes } from '../../src/util/bytes.ts';
import { dumpSpan } from '../support/dump-spans.ts';
import { readWithListSink } from '../support/read-bytes.ts';

async function textOf(source: ByteSource): Promise<string> {
  const chunks: Uint8Array[] = [];
  for (let chunk = await source.next(); chunk; chunk = await source.next()) chunks.push(chunk.slice());
  return decodeBytes(joinBytes(chunks));
}

const sample = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../samples/${path}`, import.meta.url)), 'utf8');
const document = sample('otlp-json/one-trace.json').trim();
const spansOf = async (text: string) => {
  const { plan, spans, notes } = await readWithListSink(encodeText(text));
  expect(notes).toEqual([]);
  return { containers: plan.containers, spans: spans.map(dumpSpan) };
};
const plain = await spansOf(document);

describe('a trace written as a text of JSON is read', () => {
  test.each<readonly [name: string, text: string, containers: readonly string[]]>([
    ['once', JSON.stringify(document), ['JSON text']],
    ['twice', JSON.stringify(JSON.stringify(document)), ['JSON text', 'JSON text']],
    [
      'laid out',
      `\uFEFF\n ${JSON.stringify(JSON.stringify(JSON.parse(document), null, 2))}\n`,
      ['JSON text'],
    ],
    ['within a key', JSON.stringify({ status: 200, body: document }), ['JSON (“body”)']],
    ['in a list', JSON.stringify([document]), ['JSON (“[]”)']],
    ['a list of texts in a text', JSON.stringify(JSON.stringify([document])), ['JSON text', 'JSON (“[]”)']],
  ])('%s', async (_, text, containers) => {
    expect(await spansOf(text)).toEqual({ containers, spans: plain.spans });
  });

  test('text after text, a line each', async () => {
    const spans = (JSON.parse(sample('zipkin/shared-ids.json')) as unknown[]).map((span) =>
      JSON.stringify(span),
    );
    const lines = spans.map((span) => JSON.stringify(span)).join('\n');
    const { spans: read } = await spansOf(lines);
    expect(read).toHaveLength(spans.length);
  });

  test('longer than what detection sees, also in an envelope', async () => {
    const long = JSON.stringify({
      resourceSpans: Array.from(
        { length: 300 },
        () => (JSON.parse(document) as { resourceSpans: unknown[] }).resourceSpans,
      ).flat(),
    });
    expect(long.length).toBeGreaterThan(256 * 1024);
    for (const text of [JSON.stringify(long), JSON.stringify({ status: 200, body: long })]) {
      expect((await spansOf(text)).spans).toHaveLength(300 * plain.spans.length);
    }
  });
});

test('escapes mean what they say, wherever a chunk ends', async () => {
  const odd = '{"a\\u0022\\\\/ü😀":"\\n\t\u0001","b":["\\\\","\\\\\\\\"]}';
  const written = JSON.stringify(odd).replace('ü', '\\u00fc').replace('😀', '\\ud83d\\ude00');
  for (let chunkBytes = 1; chunkBytes < written.length; chunkBytes++) {
    const opened = await textOf(
      new JsonTextSource(new MemorySource(encodeText(`${written} ,${written}`), chunkBytes)),
    );
    // What stays escaped means the same within the document.
    const unescaped = opened.replaceAll('\\u00fc', 'ü').replaceAll('\\ud83d\\ude00', '😀');
    expect(unescaped).toBe(`${odd}\n${odd}\n`);
  }
});

test.each(['"trace_id","span_id"\n"{""a"":1}",1', '"hello"', '"{}"', '"{a}"', '""', '{"a":"{\\"b\\":1}"}'])(
  '%s is no text of a document',
  (text) => expect(isJsonText(encodeText(text))).toBe(false),
);
