/**
 * Parquet with the columns of ClickHouse (otel_traces, otlp2parquet), of Jaeger's documents (the AIOps challenge of
 * 2025), or any others that a table of spans may have, recognised by alias or told by people (FORMATS.md §3.24).
 * Not supported: brotli, LZ4 and LZO pages, encryption, Tempo's blocks (a row per trace), files above 512 MB.
 */
import type { NoteSink } from '../model/import-note.ts';
import type { Span } from '../model/span.ts';
import { readClickHouseRow } from './clickhouse.ts';
import { describeMissing, guessMapping, shapeKey } from './column-mapping.ts';
import { SpanEmitter } from './emit-span.ts';
import { durationUnitOf } from './duration-unit.ts';
import { RowReader } from './generic-table.ts';
import { jaegerRowReader } from './jaeger-elastic.ts';
import { hasJaegerColumns } from './jaeger-row.ts';
import { cellsOf } from './json-rows.ts';
import type { Json } from './json-value.ts';
import { ParquetFile } from './parquet-file.ts';
import type { RecordContext } from './record-format.ts';
import type { ByteSource } from './source.ts';
import type { TableShape } from './table-mapping.ts';
import type { ReadHints, TraceFormat } from './trace-format.ts';

const LARGEST_BYTES = 512 * 1024 * 1024;
/** Read at a time: a row group may hold a million. */
const ROWS_AT_ONCE = 100_000;
const ROWS_LOOKED_AT = 500;
/** Of a large row group none is shown to whoever maps the columns, as it must be read to have them. */
const LARGEST_GROUP_SHOWN = 32 * 1024 * 1024;
const MAGIC = [0x50, 0x41, 0x52, 0x31];
const CLICKHOUSE = ['TraceId', 'SpanId', 'SpanName'];
const TEMPO_BLOCK = ['TraceID', 'RootServiceName', 'rs'];

export const parquet: TraceFormat = {
  id: 'parquet',
  label: 'Parquet',
  isBinary: true,
  inOrder: true,
  matches: ({ bytes }) => MAGIC.every((byte, i) => bytes[i] === byte),
  tableOf,
  async read(source, sink, notes, hints) {
    const reject = rejecting(notes);
    const blob = await collect(source);
    if (!blob)
      return reject('parquet-size', 'Parquet files above 512 MB cannot be read: export a shorter timeframe.');
    try {
      const file = await ParquetFile.open(blob);
      const { unreadableCodec: codec } = file;
      if (codec !== null) {
        return reject(
          'parquet-codec',
          `Its pages are compressed with ${codec}, which cannot be read: write it with zstd, snappy or gzip.`,
        );
      }
      const emitter = new SpanEmitter(sink);
      await readRows({ file, hints, notes }, (span) => emitter.emit(span));
    } catch (error) {
      if (error instanceof DOMException) throw error;
      reject(
        'parquet-broken',
        `The Parquet file is damaged or cut off: ${error instanceof Error ? error.message : String(error)}.`,
      );
    }
  },
};

/** null: damaged, or with columns whose meaning is known. */
async function tableOf(blob: Blob): Promise<TableShape | null> {
  try {
    const file = await ParquetFile.open(blob);
    const { columns } = file;
    if (file.unreadableCodec !== null || knownRows(columns) !== null) return null;
    const shown = file.firstGroupBytes > LARGEST_GROUP_SHOWN ? 0 : Math.min(file.rowCount, ROWS_LOOKED_AT);
    const rows = await file.rows(0, shown);
    return {
      columns,
      rows: rows.map((row) => cellsOf(row, columns)),
      shapeKey: shapeKey(columns),
      ...guessMapping(columns),
    };
  } catch {
    // What is wrong with it is said by whoever reads it.
    return null;
  }
}

/** null: only a mapping can tell what the columns mean. */
function knownRows(columns: readonly string[]): RowSpans | null {
  if (CLICKHOUSE.every((name) => columns.includes(name))) return readClickHouseRow;
  return hasJaegerColumns(new Set(columns)) ? jaegerRowReader() : null;
}

function rejecting(notes: NoteSink): (code: string, message: string) => void {
  return (code, message) => notes.note(code, 'rejected', message, { bytePosition: null, line: null });
}

/** Parquet is read from its end. null: too large. */
async function collect(source: ByteSource): Promise<Blob | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let byteLength = 0;
  for (let chunk = await source.next(); chunk; chunk = await source.next()) {
    byteLength += chunk.length;
    if (byteLength > LARGEST_BYTES) return null;
    chunks.push(new Uint8Array(chunk));
  }
  return new Blob(chunks);
}

interface ParquetReading {
  readonly file: ParquetFile;
  readonly hints: ReadHints | undefined;
  readonly notes: NoteSink;
}

async function readRows(reading: ParquetReading, onSpan: (span: Span) => void): Promise<void> {
  const { file, notes } = reading;
  const spansOf = await rowMapping(reading);
  if (typeof spansOf === 'string') return rejecting(notes)('parquet-columns', spansOf);
  for (let from = 0; from < file.rowCount; from += ROWS_AT_ONCE) {
    await file.eachRow(from, Math.min(file.rowCount, from + ROWS_AT_ONCE), (row) => {
      const context: RecordContext = {
        raw: row,
        note: (code, effect, message) =>
          notes.note(code, effect, message, { bytePosition: null, line: null }),
      };
      for (const span of spansOf(row, context)) onSpan(span);
    });
  }
}

type RowSpans = (row: Json, context: RecordContext) => readonly Span[];

/** A text says which columns are missing. */
async function rowMapping({ file, hints }: ParquetReading): Promise<RowSpans | string> {
  const { columns } = file;
  const known = hints?.mapping ? null : knownRows(columns);
  if (known) return known;
  const guess = guessMapping(columns);
  const mapping = hints?.mapping ?? guess.mapping;
  if (TEMPO_BLOCK.every((name) => columns.includes(name))) {
    return 'This is a block of Tempo’s own storage: download its traces (/api/v2/traces/…, or tempo-cli), and drop those.';
  }
  if (!hints?.mapping && guess.missing.length > 0) return describeMissing(columns, guess.missing);
  const sample = await file.rows(0, Math.min(file.rowCount, ROWS_LOOKED_AT));
  const cells = sample.map((row) => cellsOf(row, columns));
  return new RowReader({ ...mapping, durationUnit: durationUnitOf(mapping, columns, cells) }).read;
}
