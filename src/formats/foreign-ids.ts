/** Ids of records as the schemas of the record formats read them: normalised to hex, or an issue. */
import { z } from 'zod';
import { IdTexts } from './id-texts.ts';

const ids = new IdTexts({ base64: false });

/** 32 lower-case hex digits; null: no id. Opaque texts are hashed. */
export function traceIdText(text: string): string | null {
  return ids.traceId(text.trim());
}

/** 16 lower-case hex digits; null: no id. Opaque texts are hashed. */
export function spanIdText(text: string): string | null {
  return ids.spanId(text.trim());
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

/*
 * What the fields above give, for ids as they mostly are; undefined: the field has to say.
 */

export function soundTraceId(value: unknown): string | undefined {
  return typeof value === 'string' ? (traceIdText(value) ?? undefined) : undefined;
}

export function soundSpanId(value: unknown): string | undefined {
  return typeof value === 'string' ? (spanIdText(value) ?? undefined) : undefined;
}

export function soundParentId(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? spanIdText(value) : undefined;
}
