/**
 * What OpenTelemetry's exporters put into Zipkin's annotations: an event with its attributes.
 * https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/ and the collector's own form.
 */
import type { AttributeValue } from '../model/span.ts';
import { isObject, type Json } from './json-value.ts';
import { setAll } from './span-draft.ts';

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
