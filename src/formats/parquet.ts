/**
 * Parquet (https://parquet.apache.org/docs/file-format/) with ClickHouse's columns (otel_traces, otlp2parquet) or any
 * others that a table of spans may have (FORMATS.md §3.24), through hyparquet 1.31 in plain JavaScript.
 * Not supported: brotli, LZ4 and LZO pages, encryption, Tempo's blocks (a row per trace), files above 512 MB.
 */
import { gunzipSync } from 'fflate';
import { decompress } from 'fzstd';
import type { AsyncBuffer, AsyncRowGroup, Compressors, FileMetaData } from 'hyparquet';
import { parquetMetadataAsync, parquetSchema } from 'hyparquet/src/metadata.js';
import { assembleAsync, asyncGroupToRows, readRowGroup } from 'hyparquet/src/rowgroup.js';
import { prepareParquetRead } from 'hyparquet/src/scan.js';
import type { NoteSink } from '../model/import-note.ts';
import type { Span } from '../model/span.ts';
import { readClickHouseRow } from './clickhouse.ts';
import { describeMissing, guessMapping } from './column-mapping.ts';
import { SpanEmitter } from './emit-span.ts';
import { durationUnitOf } from './duration-unit.ts';
import { RowReader } from './generic-table.ts';
import type { Json } from './json-value.ts';
import { PARSERS, plainRow } from './parquet-values.ts';
import type { RecordContext } from './record-format.ts';
import type { ByteSource } from './source.ts';
import { plainText } from './span-draft.ts';
import type { ReadHints, TraceFormat } from './trace-format.ts';

const LARGEST_BYTES = 512 * 1024 * 1024;
/** Read at a time: a row group may hold a million. */
const ROWS_AT_ONCE = 100_000;
const ROWS_LOOKED_AT = 500;
const MAGIC = [0x50, 0x41, 0x52, 0x31];
const CLICKHOUSE = ['TraceId', 'SpanId', 'SpanName'];

const compressors: Compressors = {
  GZIP: (input) => gunzipSync(input),
  ZSTD: (input, length) => decompress(input, new Uint8Array(length)),
};
const READABLE_CODECS = new Set<string>(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD']);

export const parquet: TraceFormat = {
  id: 'parquet',
  label: 'Parquet',
  isBinary: true,
  inOrder: true,
  matches: ({ bytes }) => MAGIC.every((byte, i) => bytes[i] === byte),
  async read(source, sink, notes, hints) {
    const reject = rejecting(notes);
    const file = await collect(source);
    if (!file)
      return reject('parquet-size', 'Parquet files above 512 MB cannot be read: export a shorter timeframe.');
    try {
      const metadata = await parquetMetadataAsync(file);
      const codec = unreadableCodec(metadata);
      if (codec !== null) {
        return reject(
          'parquet-codec',
          `Its pages are compressed with ${codec}, which cannot be read: write it with zstd, snappy or gzip.`,
        );
      }
      const emitter = new SpanEmitter(sink);
      await readRows({ file, metadata, hints, notes }, (span) => emitter.emit(span));
    } catch (error) {
      // hyparquet throws for whatever is wrong with the file.
      if (error instanceof DOMException) throw error;
      reject(
        'parquet-broken',
        `The Parquet file is damaged or cut off: ${error instanceof Error ? error.message : String(error)}.`,
      );
    }
  },
};

function rejecting(notes: NoteSink): (code: string, message: string) => void {
  return (code, message) => notes.note(code, 'rejected', message, { bytePosition: null, line: null });
}

/** Parquet is read from its end. null: too large. */
async function collect(source: ByteSource): Promise<AsyncBuffer | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let byteLength = 0;
  for (let chunk = await source.next(); chunk; chunk = await source.next()) {
    byteLength += chunk.length;
    if (byteLength > LARGEST_BYTES) return null;
    chunks.push(new Uint8Array(chunk));
  }
  const blob = new Blob(chunks);
  const slice = async (from: number, to = byteLength): Promise<ArrayBuffer> => {
    if (!(from >= 0 && from <= to && to <= byteLength))
      throw new RangeError('a column lies outside of the file');
    return blob.slice(from, to).arrayBuffer();
  };
  return { byteLength, slice };
}

/** The name of a codec that some column uses and nobody here knows; null: none. */
function unreadableCodec({ row_groups: groups }: FileMetaData): string | null {
  for (const { columns } of groups) {
    for (const { meta_data: column } of columns) {
      if (column && !READABLE_CODECS.has(column.codec)) return column.codec;
    }
  }
  return null;
}

interface ParquetReading {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly hints: ReadHints | undefined;
  readonly notes: NoteSink;
}

async function readRows(reading: ParquetReading, onSpan: (span: Span) => void): Promise<void> {
  const { metadata, notes } = reading;
  const spansOf = await rowMapping(reading);
  if (typeof spansOf === 'string') return rejecting(notes)('parquet-columns', spansOf);
  const count = Number(metadata.num_rows);
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    for (const row of await rowsOf(reading, from, Math.min(count, from + ROWS_AT_ONCE))) {
      const context: RecordContext = {
        raw: row,
        note: (code, effect, message) =>
          notes.note(code, effect, message, { bytePosition: null, line: null }),
      };
      for (const span of spansOf(row, context)) onSpan(span);
    }
  }
}

async function rowsOf({ file, metadata }: ParquetReading, rowStart: number, rowEnd: number): Promise<Json[]> {
  const wanted = { file, metadata, rowStart, rowEnd, compressors, parsers: PARSERS, geoparquet: false };
  const { options, plan } = await prepareParquetRead(wanted);
  const schema = parquetSchema(metadata);
  const groups = plan.groups.map((group) => {
    // One column after the other: a column that fails at once must not leave those before it alone.
    const columns = group.chunks.map((chunk) =>
      settled(readRowGroup(options, plan, { ...group, chunks: [chunk] })),
    );
    const asyncColumns = columns.flatMap((column) => column.asyncColumns);
    return settled(assembleAsync({ ...columns[0], asyncColumns }, schema, PARSERS));
  });
  const rows: Json[] = [];
  for (const group of groups) {
    const from = group.selectStart ?? Math.max(rowStart - group.groupStart, 0);
    const to = group.selectEnd ?? Math.min(rowEnd - group.groupStart, group.groupRows);
    for (const row of await asyncGroupToRows(group, from, to, undefined, 'object')) rows.push(plainRow(row));
  }
  return rows;
}

/** Whoever waits for the first of several damaged columns leaves the others without a listener. */
function settled(group: AsyncRowGroup): AsyncRowGroup {
  for (const { data } of group.asyncColumns) void data.then(undefined, () => undefined);
  return group;
}

type RowSpans = (row: Json, context: RecordContext) => readonly Span[];

/** A text says which columns are missing. */
async function rowMapping(reading: ParquetReading): Promise<RowSpans | string> {
  const { metadata, hints } = reading;
  const [root] = metadata.schema;
  const columns = topColumns(metadata, root.num_children ?? 0);
  if (!hints?.mapping && CLICKHOUSE.every((name) => columns.includes(name))) return readClickHouseRow;
  const guess = guessMapping(columns);
  const mapping = hints?.mapping ?? guess.mapping;
  if (!hints?.mapping && guess.missing.length > 0) return describeMissing(columns, guess.missing);
  const sample = await rowsOf(reading, 0, Math.min(Number(metadata.num_rows), ROWS_LOOKED_AT));
  const cells = sample.map((row) => columns.map((name) => plainText((row as Record<string, Json>)[name])));
  return new RowReader({ ...mapping, durationUnit: durationUnitOf(mapping, columns, cells) }).read;
}

/** The schema lists each column with all that is in it, depth first. */
function topColumns({ schema }: FileMetaData, count: number): string[] {
  const names: string[] = [];
  let at = 1;
  const skip = (): void => {
    const { num_children: children = 0 } = schema[at++];
    for (let i = 0; i < children && at < schema.length; i++) skip();
  };
  for (let i = 0; i < count && at < schema.length; i++) {
    names.push(schema[at].name);
    skip();
  }
  return names;
}
