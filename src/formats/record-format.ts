/**
 * Formats read a record at a time: the record is read from the stream of bytes, checked against the
 * format's schema and made into plain spans. Slower than reading bytes directly, and a tenth of the code.
 */
import { en } from 'zod/locales';
import * as z from 'zod/mini';
import type { ImportNote } from '../model/dataset.ts';
import type { Span } from '../model/span.ts';
import { JsonCursor } from '../util/json-cursor.ts';
import { SpanEmitter } from './emit-span.ts';
import { JsonDocuments } from './json-documents.ts';
import { isObject, type Json } from './json-value.ts';
import { RecordNotes } from './record-notes.ts';
import { type RecordPlaces, RecordStream } from './record-stream.ts';
import type { Head, TraceFormat } from './trace-format.ts';

// zod's compiled parsers need `new Function`, which the page's content policy forbids.
z.config({ ...en(), jitless: true });

/** What a format gets with each record. */
export interface RecordContext {
  /** The record as it came, with the fields that the schema says nothing of. */
  readonly raw: Json;
  /** A remark about this record. */
  note(code: string, effect: ImportNote['effect'], message: string): void;
}

export type SpansOf<T> = (record: T, context: RecordContext) => readonly Span[];

export interface RecordFormat<T> extends RecordPlaces {
  readonly id: string;
  /** For people, e.g. 'AWS X-Ray'. */
  readonly label: string;
  matches(head: Head): boolean;
  /** Takes wrappers off a record, e.g. Elasticsearch's `_source`. undefined: it is not of this format's business. */
  readonly unwrap?: (record: Json) => Json | undefined;
  /** What a record must have for spansOf to work. Unknown fields are cut off; they are in context.raw. */
  readonly schema: z.core.$ZodType<T>;
  /** As the schema, by a few looks; undefined: ask the schema, which says what is wrong. */
  readonly quick?: (record: Json) => T | undefined;
  /** Called once per file (or part of it): what one record says about later ones is kept in its closure. */
  open(): SpansOf<T>;
  /** Records need those before them: the file is not read in parts. */
  readonly inOrder?: boolean;
}

/** Reads files of this format. */
export function recordFormat<T>(format: RecordFormat<T>): TraceFormat {
  return {
    id: format.id,
    label: format.label,
    inOrder: format.inOrder,
    matches: format.matches,
    async read(source, sink, notes) {
      const cursor = new JsonCursor();
      const recordNotes = new RecordNotes(cursor, notes);
      const emitter = new SpanEmitter(sink);
      const reader = new RecordReader(format);
      const stream = new RecordStream(cursor, format, {
        record(record, position) {
          const spans = reader.readRecord(record, (code, effect, message) =>
            recordNotes.at(position, code, effect, message),
          );
          for (const span of spans) emitter.emit(span);
        },
        broken: ({ message, position }) =>
          recordNotes.at(position, 'json-syntax', 'rejected', `Not valid JSON: ${message}.`),
      });
      await new JsonDocuments({ cursor, reader: stream, notes: recordNotes }).read(source);
    },
  };
}

/** Records → spans, with everything that can be wrong with them turned into notes. */
export class RecordReader<T> {
  readonly #format: Pick<RecordFormat<T>, 'unwrap' | 'quick' | 'schema'>;
  readonly #spansOf: SpansOf<T>;

  constructor(format: Pick<RecordFormat<T>, 'unwrap' | 'quick' | 'schema' | 'open'>) {
    this.#format = format;
    this.#spansOf = format.open();
  }

  /** Reads a record. */
  readRecord(record: Json, note: RecordContext['note']): readonly Span[] {
    if (isBulkAction(record)) return [];
    try {
      const raw = this.#format.unwrap ? this.#format.unwrap(record) : record;
      if (raw === undefined) return [];
      const sound = this.#format.quick?.(raw);
      if (sound !== undefined) return this.#spansOf(sound, { raw, note });
      const checked = z.safeParse(this.#format.schema, raw);
      if (checked.success) return this.#spansOf(checked.data, { raw, note });
      note('record-invalid', 'rejected', describeIssue(checked.error));
    } catch (error) {
      // JSON as text within a record.
      if (error instanceof SyntaxError)
        note('json-syntax', 'rejected', `Not valid JSON: ${messageOf(error)}.`);
      else note('record-unreadable', 'rejected', `A record could not be read: ${messageOf(error)}.`);
    }
    return [];
  }
}

/** Elasticsearch's and OpenSearch's bulk format has a line such as {"index":{}} before every document. */
function isBulkAction(record: Json): boolean {
  if (!isObject(record)) return false;
  let only: string | undefined;
  for (const key in record) {
    if (only !== undefined) return false;
    only = key;
  }
  return only !== undefined && /^(index|create|update|delete)$/.test(only) && isObject(record[only]);
}

/** `trace_id: expected string, received undefined` */
export function describeIssue(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  const place = issue.path.map(String).join('.');
  const reason = issue.message.replace(/^Invalid input: /, '');
  return place === ''
    ? `A record is not as expected: ${reason}.`
    : `A record is not as expected: ${place}: ${reason}.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const NOTHING_BEFORE: readonly string[] = [''];
/** Where documents stand in what Elasticsearch, OpenSearch and Kibana give. */
export const SEARCH_PLACES: readonly string[] = [
  '',
  '_source.',
  'hits.hits[]._source.',
  'rawResponse.hits.hits[]._source.',
  'response.hits.hits[]._source.',
  'responses[].hits.hits[]._source.',
  'fields.',
  'hits.hits[].fields.',
  'rawResponse.hits.hits[].fields.',
];
/** The lists in which they stand. */
export const SEARCH_LISTS: readonly string[] = [
  'hits.hits',
  'rawResponse.hits.hits',
  'response.hits.hits',
  'responses[].hits.hits',
];

/**
 * At one of the places (of a document, or of an element of the list that it is), all of these keys are found.
 * A key may be a choice: `start_time|timestamp`.
 */
export function hasKeys(
  head: Head,
  keys: readonly string[],
  places: readonly string[] = NOTHING_BEFORE,
): boolean {
  const { outline } = head;
  if (!outline) return false;
  const starts = places.flatMap((place) => [place, `[].${place}`]);
  return starts.some((start) =>
    keys.every((key) => key.split('|').some((name) => outline.has(start + name))),
  );
}

/** Takes a search hit's wrapper off; `fields` have a list for every value, and may come without their hit. */
export function unwrapHit(record: Json): Json {
  if (!isObject(record)) return record;
  const fields = isObject(record.fields) && ('_id' in record || '_index' in record) ? record.fields : null;
  const source = record._source;
  if (isObject(source) && (!fields || Object.keys(source).length > 0)) return source;
  if (!fields && !Object.values(record).every(Array.isArray)) return record;
  return Object.fromEntries(
    Object.entries(fields ?? record).map(([key, value]) => [
      key,
      Array.isArray(value) && value.length === 1 ? (value as readonly Json[])[0] : value,
    ]),
  );
}
