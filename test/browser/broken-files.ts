/** Files that are no traces, or broken ones. */
import { gzipSync } from 'node:zlib';
import { otlpJson, otlpLines } from '../support/trace-files.ts';
import type { TestFile } from './app-page.ts';
import { SHOP } from './shop.ts';

/** Files without any span, and words of the sentence that says what they are. */
export const NOT_A_TRACE: readonly (TestFile & { readonly says: RegExp })[] = [
  { name: 'empty.json', content: '', says: /empty/ },
  {
    name: 'page-load.har',
    content: JSON.stringify({ log: { version: '1.2', creator: { name: 'x' }, entries: [] } }),
    says: /HAR/,
  },
  {
    name: 'profile.json',
    content: JSON.stringify({ traceEvents: [{ name: 'a', ph: 'X', ts: 1, dur: 2, pid: 1, tid: 1 }] }),
    says: /Chrome/,
  },
  { name: 'traces.json', content: '<!doctype html><html><body>Sign in</body></html>', says: /HTML/ },
  {
    name: 'metrics.json',
    content: JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'cpu' }] }] }] }),
    says: /metrics/,
  },
  { name: 'notes.txt', content: 'Dear diary, today nothing was traced.', says: /text/ },
  { name: 'hello.json', content: '{"hello":["world"]}', says: /hello/ },
];

const LINES = otlpLines(SHOP);
const DOCUMENT = otlpJson(SHOP);

/** Bytes, so that the break can be told to the byte. */
export function truncatedJson(): TestFile {
  return { name: 'truncated.json', content: DOCUMENT.slice(0, DOCUMENT.lastIndexOf('"card refused"')) };
}

export function truncatedGzip(): TestFile {
  const whole = gzipSync(LINES.repeat(50));
  return { name: 'truncated.json.gz', content: whole.subarray(0, Math.floor(whole.length * 0.9)) };
}

/** In the name of the first span. */
export function invalidUtf8(): TestFile {
  const bytes = Buffer.from(LINES);
  bytes[bytes.indexOf('Buy')] = 0xff;
  return { name: 'latin1.jsonl', content: bytes };
}

/** The third of the lines is no JSON. */
export function brokenLine(): TestFile {
  const lines = LINES.split('\n');
  lines[2] = lines[2].replace(':', ': oops');
  return { name: 'broken-line.jsonl', content: lines.join('\n') };
}

/** An attribute whose value is a list of lists, 10,000 deep. */
export function deeplyNested(): TestFile {
  const depth = 10_000;
  const value = `${'{"arrayValue":{"values":['.repeat(depth)}{"intValue":"1"}${']}}'.repeat(depth)}`;
  const attribute = `{"key":"deep","value":${value}}`;
  return { name: 'deep.json', content: DOCUMENT.replace('"attributes":[{', `"attributes":[${attribute},{`) };
}

/** Keys that mean something to JavaScript's objects. */
export function prototypeKeys(): TestFile {
  const keys = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'];
  const attributes = keys.map((key) => `{"key":"${key}","value":{"stringValue":"${key}"}},`).join('');
  const objects = keys.map((key) => `"${key}":{"polluted":true},`).join('');
  const content = DOCUMENT.replaceAll('"attributes":[{', `"attributes":[${attributes}{`).replaceAll(
    '{"traceId"',
    `{${objects}"traceId"`,
  );
  return { name: 'proto.json', content };
}
