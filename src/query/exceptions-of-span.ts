/** The exceptions that a span bears: as events, or as attributes by old conventions (FORMATS §4.7). */
import { EXCEPTION_EVENT } from '../model/attribute-keys.ts';
import type { Attributes, Span } from '../model/span.ts';

export interface SpanException {
  readonly type: string;
  readonly message: string;
  /** As written; '' where none is given. */
  readonly stack: string;
}

const TYPE_KEYS = ['exception.type', 'error.type', 'error.kind', 'error.class'];
const MESSAGE_KEYS = ['exception.message', 'error.message', 'error.msg', 'message'];
const STACK_KEYS = [
  'exception.stacktrace',
  'exception.stack_trace',
  'stack',
  'error.stack',
  'error.stack_trace',
];

export function exceptionsOf({ events, attributes }: Span): SpanException[] {
  const exceptions = events
    .filter(({ name }) => name === EXCEPTION_EVENT)
    .map((event) => readFrom(event.attributes));
  const onSpan = [...attributes.keys()].some((key) => key.startsWith('exception.'));
  return exceptions.length === 0 && onSpan ? [readFrom(attributes)] : exceptions;
}

export function carriesException({ events, attributes }: Span): boolean {
  return events.some(({ name }) => name === EXCEPTION_EVENT) || attributes.has('exception.type');
}

function readFrom(attributes: Attributes): SpanException {
  return {
    type: firstOf(attributes, TYPE_KEYS),
    message: firstOf(attributes, MESSAGE_KEYS),
    stack: firstOf(attributes, STACK_KEYS),
  };
}

/** Value of the first key that has a non-empty one, as text. */
export function firstOf(attributes: Attributes, keys: readonly string[]): string {
  for (const key of keys) {
    const value = attributes.get(key);
    if (value && value.value !== '') return String(value.value);
  }
  return '';
}
