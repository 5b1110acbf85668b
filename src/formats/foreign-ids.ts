/** Ids of records as the schemas of the record formats read them: normalised to hex, or an issue. */
import { z } from 'zod';
import { encodeText } from '../util/bytes.ts';
import { IdReader, NO_ID } from './trace-ids.ts';

/** Nothing to do. */
const USUAL_TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
const USUAL_SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/;

const reader = new IdReader({ base64: false });

/** 32 lower-case hex digits; null: no id. Opaque texts are hashed. */
export function traceIdText(text: string): string | null {
  if (USUAL_TRACE_ID.test(text)) return text;
  const bytes = encodeText(text.trim());
  if (reader.readTraceId(bytes, 0, bytes.length) === NO_ID) return null;
  return hex(reader.a) + hex(reader.b) + hex(reader.c) + hex(reader.d);
}

/** 16 lower-case hex digits; null: no id. Opaque texts are hashed. */
export function spanIdText(text: string): string | null {
  if (text === '') return null;
  if (USUAL_SPAN_ID.test(text)) return text;
  const bytes = encodeText(text.trim());
  if (reader.readSpanId(bytes, 0, bytes.length) === NO_ID) return null;
  return hex(reader.c) + hex(reader.d);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

const idText = z.union([z.string(), z.number()], { error: 'expected an id' });

export const traceIdField = idText.transform((text, context) => {
  const id = traceIdText(String(text));
  if (id !== null) return id;
  context.addIssue('no trace id');
  return z.NEVER;
});

export const spanIdField = idText.transform((text, context) => {
  const id = spanIdText(String(text));
  if (id !== null) return id;
  context.addIssue('no span id');
  return z.NEVER;
});

/** null: no parent, in whatever way it is said. */
export const parentIdField = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((text) => (text === null || text === undefined ? null : spanIdText(String(text))));
