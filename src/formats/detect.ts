/** Which format a file is, by its first bytes; or a sentence that says what it is instead. */
import { COMMA, decodeBytes, encodeText } from '../util/bytes.ts';
import { JsonOutline } from './json-outline.ts';
import { describeJson, describeOther, describePrinted, isUnknownJson } from './not-a-trace.ts';
import { FORMATS } from './registry.ts';
import { readTableHead } from './table-head.ts';
import { describeTable, GENERIC_TABLE_ID } from './table-mapping.ts';
import type { Head, TraceFormat } from './trace-format.ts';

export type Detection =
  | { readonly format: TraceFormat; readonly refusal: null }
  /** mayBeRows: it is JSON of which nobody knows what it is. */
  | { readonly format: null; readonly refusal: string; readonly mayBeRows: boolean };

/** The JSON of a logger's lines begins after its prefix. */
const DOCUMENT_IN_LINE = /\{\s*"(resourceSpans|resource|scopeSpans|data|traceID)"/;

export function detect(file: Omit<Head, 'outline'>): Detection {
  const binary = FORMATS.find(
    (candidate) => candidate.isBinary && candidate.matches({ ...file, outline: null }),
  );
  if (binary) return { format: binary, refusal: null };
  const refusal = describeOther(file.bytes);
  if (refusal !== null) return { format: null, refusal, mayBeRows: false };
  const outline = findOutline(file.bytes);
  const head: Head = { ...file, outline };
  const format = FORMATS.find((candidate) => !candidate.isBinary && candidate.matches(head));
  if (format) return { format, refusal: null };
  const printed = describePrinted(file.bytes);
  const other = describeTable(file.bytes) ?? printed ?? 'This is plain text, not a trace file.';
  if (!outline) return findAfterText(file) ?? { format: null, refusal: other, mayBeRows: false };
  return { format: null, refusal: printed ?? describeJson(outline), mayBeRows: isUnknownJson(outline) };
}

/** What a program prints before its first document. */
const DOCUMENT_BEGINS = /^(\{\s*$|\{\s*"|\[\s*\{)/m;

/** Spans that a console exporter prints between a program's own lines. */
function findAfterText(file: Omit<Head, 'outline'>): Detection | null {
  if (readTableHead(file.bytes)) return null;
  const text = decodeBytes(file.bytes);
  const start = text.search(DOCUMENT_BEGINS);
  if (start < 0) return null;
  const bytes = encodeText(text.slice(start));
  const head: Head = { ...file, bytes, outline: new JsonOutline(bytes) };
  const format = FORMATS.find(
    (candidate) => !candidate.isBinary && candidate.id !== GENERIC_TABLE_ID && candidate.matches(head),
  );
  return format ? { format, refusal: null } : null;
}

/** All formats that claim a file: more than one is a mistake in them. */
export function claimants(file: Omit<Head, 'outline'>): readonly TraceFormat[] {
  const head: Head = { ...file, outline: findOutline(file.bytes) };
  return FORMATS.filter((candidate) => candidate.matches(head));
}

function findOutline(bytes: Uint8Array): JsonOutline | null {
  const start = bytes.findIndex((c) => c > 0x20 && c !== COMMA);
  const c = start < 0 ? '' : String.fromCharCode(bytes[start]);
  if (c === '{' || c === '[') return new JsonOutline(bytes);
  const text = decodeBytes(bytes);
  const found = DOCUMENT_IN_LINE.exec(text);
  // A record separator, or whatever else comes before the first document.
  return found ? new JsonOutline(encodeText(text.slice(found.index))) : null;
}
