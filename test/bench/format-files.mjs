/** The trace of test/samples that all formats share, over and over with other ids: a file per format. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SAMPLES = fileURLToPath(new URL('../samples', import.meta.url));
const TRACE = '5b8efff798038103d269b633813fc60c';
const DECIMAL = '15161849952847513100';
const BASE64 = Buffer.from(TRACE, 'hex').toString('base64');
/** What all others are measured against. */
export const YARDSTICK = 'otlp-json';
const BYTE_READER = 1.2;
const RECORD_READER = 6;

/** Sample, times of OTLP/JSON that a span may cost. */
const FORMATS = {
  'otlp-json': ['one-trace.json', null],
  'otlp-protobuf': ['one-trace.pb', 0.4],
  'jaeger-json': ['one-trace.json', BYTE_READER],
  zipkin: ['shared-ids.json', BYTE_READER],
  'zipkin-v1': ['one-trace.json', RECORD_READER],
  'zipkin-protobuf': ['whole-trace.pb', RECORD_READER],
  'otlp-flattened': ['whole-trace.jsonl', RECORD_READER],
  'jaeger-elastic': ['whole-trace.jsonl', RECORD_READER],
  'jaeger-protobuf-json': ['whole-trace.jsonl', RECORD_READER],
  clickhouse: ['whole-trace.jsonl', RECORD_READER],
  'cloudwatch-spans': ['whole-trace.jsonl', RECORD_READER],
  'data-prepper': ['whole-trace.jsonl', RECORD_READER],
  'elastic-otel': ['whole-trace.jsonl', RECORD_READER],
  'elastic-apm': ['whole-trace.jsonl', RECORD_READER],
  'elastic-intake': ['one-trace.ndjson', RECORD_READER],
  'elastic-rum': ['click.ndjson', RECORD_READER],
  'google-trace-v1': ['one-trace.json', RECORD_READER],
  'google-trace-v2': ['whole-trace.json', RECORD_READER],
  honeycomb: ['whole-trace.json', RECORD_READER],
  lightstep: ['whole-trace.jsonl', RECORD_READER],
  'new-relic': ['whole-trace.json', RECORD_READER],
  quickwit: ['whole-trace.jsonl', RECORD_READER],
  signoz: ['whole-trace.jsonl', RECORD_READER],
  uptrace: ['whole-trace.json', RECORD_READER],
  sentry: ['whole-trace.jsonl', RECORD_READER],
  'go-stdouttrace': ['whole-trace.json', RECORD_READER],
  'python-console': ['whole-trace.json', RECORD_READER],
  'js-console': ['whole-trace.log', RECORD_READER],
  'dotnet-console': ['whole-trace.log', RECORD_READER],
  'rust-stdout': ['whole-trace.log', RECORD_READER],
  'collector-debug': ['whole-trace.log', RECORD_READER],
  'aws-xray': ['one-trace.json', RECORD_READER],
  'azure-application-insights': ['one-trace.json', RECORD_READER],
  datadog: ['one-trace.json', RECORD_READER],
  'dynatrace-grail': ['one-trace.json', RECORD_READER],
  skywalking: ['one-trace.json', RECORD_READER],
  'generic-table': ['whole-trace.csv', RECORD_READER],
};

/** Enough that what a file costs by itself, whatever is in it, counts for little. */
const TRACES = { byteReaders: 30_000, recordReaders: 10_000 };

/** @returns {{ id: string, file: string, limit: number | null }[]} */
export function writeFormatFiles(folder) {
  return Object.entries(FORMATS).map(([id, [sample, limit]]) => {
    const traces = limit === RECORD_READER ? TRACES.recordReaders : TRACES.byteReaders;
    const bytes = readFileSync(path.join(SAMPLES, id, sample));
    const file = path.join(folder, `${id}${path.extname(sample)}`);
    writeFileSync(
      file,
      sample.endsWith('.pb') ? repeatBytes(id, bytes, traces) : repeatText(id, bytes, traces),
    );
    return { id, file, limit };
  });
}

function traceIdOf(n) {
  return n.toString(16).padStart(8, '0') + TRACE.slice(8, 16) + (n * 7919).toString(16).padStart(16, '1');
}

function uuidOf(trace) {
  return [
    trace.slice(0, 8),
    trace.slice(8, 12),
    trace.slice(12, 16),
    trace.slice(16, 20),
    trace.slice(20),
  ].join('-');
}

function repeatBytes(id, bytes, traces) {
  const copies = Array.from({ length: traces }, (_, n) => {
    const copy = Buffer.from(bytes);
    const trace = Buffer.from(traceIdOf(n + 1), 'hex');
    const old = Buffer.from(TRACE, 'hex');
    for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + 16)) trace.copy(copy, at);
    return copy;
  });
  return Buffer.concat(id === 'otlp-protobuf' ? gatherFrames(copies) : copies);
}

/** Messages are joined by putting one after the other; each is framed by its length in 4 bytes. */
function gatherFrames(copies) {
  const frames = [];
  for (let from = 0; from < copies.length; from += TRACES_A_DOCUMENT) {
    const messages = copies.slice(from, from + TRACES_A_DOCUMENT).map((copy) => copy.subarray(4));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(messages.reduce((sum, message) => sum + message.length, 0));
    frames.push(length, ...messages);
  }
  return frames;
}

function repeatText(id, bytes, traces) {
  const text = bytes.toString('utf8').trimEnd();
  const [header, body] = id === 'generic-table' ? splitHeader(text) : ['', text];
  const copies = Array.from({ length: traces }, (_, n) => {
    const trace = traceIdOf(n + 1);
    return body
      .replaceAll(TRACE, trace)
      .replaceAll(`${TRACE.slice(0, 8)}-${TRACE.slice(8)}`, `${trace.slice(0, 8)}-${trace.slice(8)}`)
      .replaceAll(uuidOf(TRACE), uuidOf(trace))
      .replaceAll(BASE64, Buffer.from(trace, 'hex').toString('base64'))
      .replaceAll(DECIMAL, String(BigInt(DECIMAL) - BigInt(n)))
      .replaceAll(/tr\.1\.1|seg\.(web|gw)/g, (name) => `${name}.${n}`);
  });
  return `${header}${gather(id, copies).join('\n')}\n`;
}

/** What stands around the list of traces, of resources or of spans that a document holds. */
const DOCUMENTS = {
  'otlp-json': /^(\{"resourceSpans":\[)(.*)(\]\})$/s,
  'jaeger-json': /^(\{"data":\[)(.*)(\],"total".*)$/s,
  zipkin: /^(\[)(.*)(\])$/s,
};
const TRACES_A_DOCUMENT = 50;

/** Real documents hold many traces. */
function gather(id, copies) {
  if (!(id in DOCUMENTS)) return copies;
  const documents = [];
  for (let from = 0; from < copies.length; from += TRACES_A_DOCUMENT) {
    const parts = copies.slice(from, from + TRACES_A_DOCUMENT).map((copy) => DOCUMENTS[id].exec(copy));
    documents.push(`${parts[0][1]}${parts.map((part) => part[2]).join(',')}${parts[0][3]}`);
  }
  return documents;
}

function splitHeader(text) {
  const end = text.indexOf('\n') + 1;
  return [text.slice(0, end), text.slice(end)];
}
