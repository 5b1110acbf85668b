/** Sentences about files that hold no spans, or none that can be read yet: what they look like, and what to do. */
import { decodeBytes } from '../util/bytes.ts';
import type { JsonOutline } from './json-outline.ts';
import { recogniseMessages } from './otlp-protobuf-framing.ts';

const MAGIC_NUMBERS: readonly (readonly [bytes: readonly number[], sentence: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'This is a zip archive within too many others: unpack it first.'],
  [[0x50, 0x4b, 0x05, 0x06], 'This is an empty zip archive.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'This is a zstd file, but nothing in it could be unpacked.'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'This is compressed with xz: unpack it first (xz -d).'],
  [[0x42, 0x5a, 0x68], 'This is compressed with bzip2: unpack it first (bunzip2).'],
  [[0x04, 0x22, 0x4d, 0x18], 'This is compressed with lz4: unpack it first (lz4 -d).'],
  [[0xff, 0x06, 0x00, 0x00, 0x73, 0x4e], 'This is compressed with snappy: unpack it first (snzip -d).'],
  [[0x52, 0x61, 0x72, 0x21], 'This is a RAR archive: unpack it first.'],
  [[0x1f, 0x9d], 'This is compressed with compress (.Z): unpack it first (uncompress).'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'This is a 7z archive: unpack it first.'],
  [[0x50, 0x41, 0x52, 0x45], 'This is an encrypted Parquet file: decrypt it first.'],
  [
    [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31],
    'This is an Apache Arrow file, which cannot be read: write it as Parquet or JSON.',
  ],
  [[0x4f, 0x62, 0x6a, 0x01], 'This is an Avro file, which cannot be read: export its spans as JSON.'],
  [
    [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65],
    'This is an SQLite database: export its spans as CSV or JSON first.',
  ],
  [[0x89, 0x50, 0x4e, 0x47], 'This is a picture (PNG).'],
  [[0xff, 0xd8, 0xff], 'This is a picture (JPEG).'],
  [[0x25, 0x50, 0x44, 0x46], 'This is a PDF document.'],
  [[0x1f, 0x8b], 'This is a gzip file, but nothing in it could be unpacked.'],
];

/** What it is when it is not JSON; null: text that may hold JSON. */
export function describeOther(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return 'This file is empty.';
  const known = MAGIC_NUMBERS.find(([magic]) => magic.every((byte, i) => bytes[i] === byte));
  if (known) return known[1];
  const start = decodeBytes(bytes, 0, Math.min(bytes.length, 4096));
  // A record separator may come before the first document.
  const text = start.replaceAll('\u001e', '').trimStart();
  if (text === '') return 'This file holds nothing but white space.';
  if (/^<!doctype html|^<html|^<head/i.test(text)) {
    return 'This is an HTML page, not the data: in the tool that showed it, use its download or export button.';
  }
  if (text.startsWith('<?xml')) return 'This is XML, which is not a trace format that can be read.';
  // ESC begins the colours of a terminal.
  const binary = bytes.subarray(0, 4096).filter((c) => c < 9 || (c > 13 && c < 0x1e && c !== 0x1b)).length;
  if (binary * 50 > Math.min(bytes.length, 4096) || bytes[0] === 0) {
    return describeMessages(bytes) ?? 'This is binary data of an unknown kind.';
  }
  return null;
}

const TEXT_SIGNS: readonly (readonly [sign: RegExp, sentence: string])[] = [
  [
    /'.*' : [0-9a-f]{32} [0-9a-f]{16} [A-Z]+ \[tracer: /m,
    'These are spans as Java’s logging exporter prints them, without their times and parents: set OTEL_TRACES_EXPORTER to otlp, or to logging-otlp, and drop what it prints.',
  ],
  [
    /^#<struct OpenTelemetry::SDK::Trace::SpanData/m,
    'These are spans as Ruby inspects them, with ids in raw bytes: export them over OTLP to a Collector with a file exporter, and drop its file.',
  ],
  [
    /^\*SPANS FOR DEBUG\*/m,
    'These are spans as Erlang’s stdout exporter prints them, with times of its own clock: export them over OTLP to a Collector with a file exporter, and drop its file.',
  ],
  [
    /^\s*\[?\{'(?:resourceSpans|resource_spans|traceID|data|spans)':/,
    'This is JSON as Python prints an object: write it with json.dump, and drop that.',
  ],
  [
    /^(?:[^\n]*\n){0,2}(?:\+-{3,}|-{3,}\+-|[┌┏╭]|Row 1:\r?\n)/,
    'This is a table as a database’s console prints it: have it write CSV with a header, or JSON, and drop that.',
  ],
];

/** Text of no format that somebody knows nevertheless; null: nobody does. */
export function describePrinted(bytes: Uint8Array): string | null {
  const text = decodeBytes(bytes);
  return TEXT_SIGNS.find(([sign]) => sign.test(text))?.[1] ?? null;
}

/** OTLP protobuf without spans. */
function describeMessages(bytes: Uint8Array): string | null {
  const found = recogniseMessages(bytes);
  if (!found) return null;
  const signals = [...found.signals].join(' and ');
  return `This is OTLP protobuf, but it holds only ${signals}: spans are in the export of the traces pipeline.`;
}

type JsonSign = readonly [test: (outline: JsonOutline) => boolean, sentence: string];

const OTHER_TOOL = 'This looks like spans in a format of another tool, which cannot be read yet.';

/** Paths below the document, or below the elements of the list that the document is. */
const anywhere = (outline: JsonOutline, ...paths: string[]): boolean =>
  paths.every((path) => outline.has(path)) || paths.every((path) => outline.has(`[].${path}`));

const JSON_SIGNS: readonly JsonSign[] = [
  [
    (o) =>
      o.matches(
        /^(\[\]\.)?(resource_?[lL]ogs|resource_?[mM]etrics|resource_?[pP]rofiles|scopeLogs|scopeMetrics)/,
      ),
    'This is OTLP, but it holds only logs, metrics or profiles: spans are in the export of the traces pipeline.',
  ],
  [
    (o) => o.has('log.entries') || o.has('log.creator'),
    'This is a HAR file, a recording of a browser’s network log, not a trace.',
  ],
  [
    (o) => o.has('traceEvents') || anywhere(o, 'ph', 'ts'),
    'This is a Chrome or Perfetto trace of one program, not a distributed trace.',
  ],
  [
    (o) => o.has('shared.frames') || (o.has('nodes') && o.has('samples')),
    'This is a CPU profile (speedscope or V8), not a trace.',
  ],
  [
    (o) =>
      o.has('traces[].rootServiceName') ||
      o.has('traces[].rootTraceName') ||
      o.has('traces[].startTimeUnixNano'),
    'This is a Tempo search result, which lists traces without their spans: download a trace (/api/traces/…).',
  ],
  [
    (o) => o.has('summaries'),
    'This is a list of trace summaries without spans: download the traces themselves.',
  ],
  [
    (o) => o.has('data[]') && o.keysBelow('data[].').length === 0 && !o.holdsTexts('data[]'),
    'This is an empty Jaeger result: its search found no trace. Widen the search and download again.',
  ],
  [
    (o) =>
      ['data[]', 'services[]', '[]'].some((list) => o.holdsTexts(list)) || o.has('operations[].spanKind'),
    'This is a list of names (services or operations), as Jaeger and Zipkin answer: it holds no spans. Search for traces, and download those.',
  ],
  [
    (o) => o.has('data.resultType') && !o.has('data.result[].stream'),
    'This is the answer of a Prometheus query: it holds metrics. Spans are in the tracing backend.',
  ],
  [
    (o) => o.has('data.resultType'),
    'These are log lines from Loki, and none of them is a span: query the tracing backend, such as Tempo.',
  ],
  [
    (o) =>
      ['scopes[].tags', 'tagNames', 'tagValues', 'series[].promLabels', 'series[].samples'].some((path) =>
        o.has(path),
      ),
    'This is what Tempo knows of tags or metrics, without spans: download a trace (/api/v2/traces/…).',
  ],
  [
    (o) => o.has('batches[]') || (o.has('trace') && o.topKeys().length === 1),
    'This is an empty answer of Tempo: it has no trace of this id. Search for another timeframe, and download again.',
  ],
  [
    (o) => (o.has('elements.nodes') && o.has('elements.edges')) || o.has('Services[].Edges'),
    'This is a graph of services, without spans: download the traces themselves.',
  ],
  [
    (o) => o.has('partialSuccess') || o.has('partial_success'),
    'This is what a Collector answers to who sends it spans: the spans are in the request, not in the answer.',
  ],
  [
    (o) => o.has('browserName') && o.has('wallTime'),
    'This is a Playwright trace, a recording of one browser test, not a distributed trace.',
  ],
  [
    (o) => anywhere(o, 'parent', 'child') || (o.has('data[].parent') && o.has('data[].child')),
    'This is a list of dependencies between services, without spans: search for traces, and download those.',
  ],
  [
    (o) => o.has('TraceSummaries'),
    'This is a list of X-Ray trace summaries: fetch the traces with batch-get-traces.',
  ],
  [(o) => o.has('panels') && o.has('schemaVersion'), 'This is a Grafana dashboard, not its data.'],
  [
    (o) => anywhere(o, 't', 's', 'ts', 'd', 'n') || o.has('spans[].ts'),
    'These are spans as Instana’s tracers hand them to its agent, which cannot be read yet: have the application export over OTLP to a Collector with a file exporter, and drop its file.',
  ],
  [(o) => o.matches(/(^|\.)(trace\.id|trace_id|traceId|TraceId|traceID|trace)$/), OTHER_TOOL],
  [
    (o) =>
      ['error', 'errors', 'message', 'errorMessage', 'status'].some((key) => o.has(key)) &&
      !o.matches(/^(?!errors)[^.]*\[\]\./) &&
      o.topKeys().length <= 8,
    'This is the error message of a server, not a trace: look into it and download again.',
  ],
];

/** Nothing tells what the JSON is, but that it may hold spans. */
export function isUnknownJson(outline: JsonOutline): boolean {
  const sign = JSON_SIGNS.find(([test]) => test(outline));
  return !sign || sign[1] === OTHER_TOOL;
}

/** What JSON without readable spans is. */
export function describeJson(outline: JsonOutline): string {
  const sign = JSON_SIGNS.find(([test]) => test(outline));
  if (sign) return sign[1];
  const keys = outline.topKeys().slice(0, 4);
  if (keys.length === 0) return 'This is JSON without anything in it that could be a span.';
  return `This is JSON, but not a trace format that is known here. It begins with: ${keys.join(', ')}.`;
}
