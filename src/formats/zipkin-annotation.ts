/**
 * What Zipkin's annotations say besides their text: a side of a call, or an event with attributes as
 * OpenTelemetry's exporters write it.
 * https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/ and the collector's own form.
 */
import type { AttributeValue, SpanKind } from '../model/span.ts';
import { KIND_CLIENT, KIND_CONSUMER, KIND_PRODUCER, KIND_SERVER } from '../model/span.ts';
import { isObject, type Json } from './json-value.ts';
import { setAll } from './span-draft.ts';

export interface SideOfCall {
  readonly kind: SpanKind;
  /** It begins there; else it ends there. */
  readonly begins: boolean;
}

/** Annotations that begin and end a side of a call: what version 1 has for kinds (FORMATS.md §3.7). */
export const SIDES: ReadonlyMap<string, SideOfCall> = new Map([
  ['cs', { kind: KIND_CLIENT, begins: true }],
  ['cr', { kind: KIND_CLIENT, begins: false }],
  ['sr', { kind: KIND_SERVER, begins: true }],
  ['ss', { kind: KIND_SERVER, begins: false }],
  ['ms', { kind: KIND_PRODUCER, begins: true }],
  ['mr', { kind: KIND_CONSUMER, begins: true }],
]);

/** `"name": {…}`, of the specification; `name: {…}`, of Go; `name|{…}|dropped`, of the collector. */
const FORMS = [
  /^"((?:[^"\\]|\\.)*)"\s*:\s*(\{.*\})\s*$/s,
  /^([^{}"]+?)\s*:\s+(\{.*\})\s*$/s,
  /^(.*?)\|(\{.*\})\|\d+$/s,
];

export interface AnnotatedEvent {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

/** null: the text is a name and nothing more. */
export function readAnnotatedEvent(text: string): AnnotatedEvent | null {
  if (!text.includes('{')) return null;
  for (const form of FORMS) {
    const found = form.exec(text);
    const values = found && parse(found[2]);
    if (!values) continue;
    const attributes = new Map<string, AttributeValue>();
    setAll(attributes, values);
    return { name: found[1].replaceAll(/\\(.)/g, '$1'), attributes };
  }
  return null;
}

function parse(text: string): object | null {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
