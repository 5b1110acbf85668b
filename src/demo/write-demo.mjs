/**
 * Writes the demo system as a file: node src/demo/write-demo.mjs --spans 5000000 --out demo.jsonl
 * Without --out: standard output. Node 20 reads no TypeScript, so the generator is bundled first.
 */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const WRITE_CHARS = 1 << 20;

const { values } = parseArgs({
  options: { spans: { type: 'string', default: '20000' }, seed: { type: 'string' }, out: { type: 'string' } },
});
const spans = wholeNumber('spans', values.spans);
const seed = values.seed === undefined ? {} : { seed: wholeNumber('seed', values.seed) };

const { generateDemo } = await loadGenerator();
const output = values.out === undefined ? process.stdout : createWriteStream(values.out);
await pipeline(Readable.from(pieces(generateDemo({ spans, ...seed }))), output);

function* pieces(lines) {
  let piece = '';
  for (const line of lines) {
    piece += line + '\n';
    if (piece.length < WRITE_CHARS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function loadGenerator() {
  const entry = fileURLToPath(new URL('generate-demo.ts', import.meta.url));
  const { output } = await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: entry, write: false, minify: false },
  });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}

function wholeNumber(name, text) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`--${name} wants a whole number above 0, not "${text}"`);
  return number;
}
