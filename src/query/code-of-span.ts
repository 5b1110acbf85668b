import type { Span } from '../model/span.ts';
import { firstOf } from './exceptions-of-span.ts';
import { parseStack } from './stack-frames.ts';

/** The function that a span is of, and its file and line; '' where the span does not say (FORMATS §4.8). */
export function codeOf({ attributes }: Span): { code: string; place: string } {
  const namespace = firstOf(attributes, ['code.namespace']);
  const bare = firstOf(attributes, ['code.function']);
  const code =
    firstOf(attributes, ['code.function.name']) || [namespace, bare].filter((part) => part !== '').join('.');
  const file = firstOf(attributes, ['code.file.path', 'code.filepath']);
  const line = firstOf(attributes, ['code.line.number', 'code.lineno']);
  const first = code === '' && file === '' ? parseStack(firstOf(attributes, ['code.stacktrace'])).frames : [];
  const frame = first.find(({ own }) => own) ?? first[0];
  if (frame) return { code: frame.code, place: frame.place };
  return { code, place: line === '' || file === '' ? file : `${file}:${line}` };
}
