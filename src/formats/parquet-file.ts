/**
 * A Parquet file as rows (https://parquet.apache.org/docs/file-format/), through hyparquet 1.31 in plain JavaScript.
 * hyparquet throws for whatever is wrong with a file.
 */
import { gunzipSync } from 'fflate';
import { decompress } from 'fzstd';
import type { AsyncBuffer, AsyncRowGroup, Compressors, FileMetaData } from 'hyparquet';
import { parquetMetadataAsync, parquetSchema } from 'hyparquet/src/metadata.js';
import { assembleAsync, asyncGroupToRows, readRowGroup } from 'hyparquet/src/rowgroup.js';
import { prepareParquetRead } from 'hyparquet/src/scan.js';
import type { Json } from './json-value.ts';
import { PARSERS, plainRow } from './parquet-values.ts';

const compressors: Compressors = {
  GZIP: (input) => gunzipSync(input),
  ZSTD: (input, length) => decompress(input, new Uint8Array(length)),
};
const READABLE_CODECS = new Set<string>(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD']);

/** Its table of contents, which stands at its end, and its rows. */
export class ParquetFile {
  /** Of the columns at the top. */
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** The name of a codec that some column uses and nobody here knows; null: none. */
  readonly unreadableCodec: string | null;
  readonly #file: AsyncBuffer;
  readonly #metadata: FileMetaData;

  private constructor(file: AsyncBuffer, metadata: FileMetaData) {
    this.#file = file;
    this.#metadata = metadata;
    this.rowCount = Number(metadata.num_rows);
    this.columns = topColumns(metadata, metadata.schema[0].num_children ?? 0);
    this.unreadableCodec = unreadableCodec(metadata);
  }

  static async open(blob: Blob): Promise<ParquetFile> {
    const slice = async (from: number, to = blob.size): Promise<ArrayBuffer> => {
      if (!(from >= 0 && from <= to && to <= blob.size))
        throw new RangeError('a column lies outside of the file');
      return blob.slice(from, to).arrayBuffer();
    };
    const file = { byteLength: blob.size, slice };
    return new ParquetFile(file, await parquetMetadataAsync(file));
  }

  /** Bytes that have to be read for the first row. */
  get firstGroupBytes(): number {
    return Number(this.#metadata.row_groups[0]?.total_byte_size ?? 0);
  }

  /** Rows [from, to). */
  async rows(rowStart: number, rowEnd: number): Promise<Json[]> {
    const rows: Json[] = [];
    await this.eachRow(rowStart, rowEnd, (row) => rows.push(row));
    return rows;
  }

  /** As rows, one at a time: rows of many attributes together would fill the memory. */
  async eachRow(rowStart: number, rowEnd: number, onRow: (row: Json) => void): Promise<void> {
    const metadata = this.#metadata;
    const file = this.#file;
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
    for (const group of groups) {
      const from = group.selectStart ?? Math.max(rowStart - group.groupStart, 0);
      const to = group.selectEnd ?? Math.min(rowEnd - group.groupStart, group.groupRows);
      for (const row of await asyncGroupToRows(group, from, to, undefined, 'object')) onRow(plainRow(row));
    }
  }
}

function unreadableCodec({ row_groups: groups }: FileMetaData): string | null {
  for (const { columns } of groups) {
    for (const { meta_data: column } of columns) {
      if (column && !READABLE_CODECS.has(column.codec)) return column.codec;
    }
  }
  return null;
}

/** Whoever waits for the first of several damaged columns leaves the others without a listener. */
function settled(group: AsyncRowGroup): AsyncRowGroup {
  for (const { data } of group.asyncColumns) void data.then(undefined, () => undefined);
  return group;
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
