/**
 * Writes the demo system as a file: node src/demo/write-demo.mjs --spans 5000000 --out demo.jsonl
 * Without --out: standard output. Node 20 reads no TypeScript, so the generator is bundled first.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
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
const file = values.out === undefined ? 1 : openSync(values.out, 'w');
let pending = '';
for (const line of generateDemo({ spans, ...seed })) {
  pending += line + '\n';
  if (pending.length >= WRITE_CHARS) {
    writeAll(file, pending);
    pending = '';
  }
}
writeAll(file, pending);
if (values.out !== undefined) closeSync(file);

async function loadGenerator() {
  const entry = fileURLToPath(new URL('generate-demo.ts', import.meta.url));
  const { output } = await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: entry, write: false, minify: false },
  });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}

/** A pipe may take less than it is given. */
function writeAll(fd, text) {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
}

function wholeNumber(name, text) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`--${name} wants a whole number above 0, not "${text}"`);
  return number;
}
