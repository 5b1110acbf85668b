/** Elastic's errors, of documents and of the intake → OpenTelemetry's exception events (FORMATS.md §3.13). */
import type { SpanEvent } from '../model/span.ts';
import { isObject, type Json, listOf, ownValue, textOf, valueAt } from './json-value.ts';
import { exceptionEvent } from './plain-span.ts';

export interface ElasticError {
  /** The outermost first; its causes may follow it or be in its `cause`. */
  readonly exceptions: readonly Json[];
  readonly log: Json | undefined;
  readonly stackTrace?: Json;
}

/** null: it says nothing. */
export function elasticException(error: ElasticError, timeUnixNano: bigint | null): SpanEvent | null {
  const [outermost, ...others] = error.exceptions;
  const text = (key: string): string | undefined => textOf(ownValue(outermost, key));
  const causes = [...others, ...listOf(ownValue(outermost, 'cause'))].map(exceptionText);
  const stack = [
    framesText(ownValue(outermost, 'stacktrace')),
    ...causes.map((cause) => `Caused by: ${cause}`),
  ];
  const own = exceptionEvent(
    {
      type: text('type') ?? text('code'),
      message: text('message'),
      stacktrace: textOf(error.stackTrace) ?? stack.filter((part) => part !== '').join('\n'),
      escaped: ownValue(outermost, 'handled') === false ? true : undefined,
    },
    timeUnixNano,
  );
  return (
    own ??
    exceptionEvent(
      {
        type: textOf(ownValue(error.log, 'logger_name')),
        message: textOf(ownValue(error.log, 'message')),
        stacktrace: framesText(ownValue(error.log, 'stacktrace')),
      },
      timeUnixNano,
    )
  );
}

function exceptionText(exception: Json): string {
  const head = [textOf(ownValue(exception, 'type')), textOf(ownValue(exception, 'message'))];
  const frames = framesText(ownValue(exception, 'stacktrace'));
  return head.filter((part) => part !== undefined).join(': ') + (frames === '' ? '' : `\n${frames}`);
}

/** `  at Cart.load (Cart.java:42)` */
function framesText(frames: Json | undefined): string {
  return listOf(frames)
    .filter(isObject)
    .map((frame) => {
      const owner = textOf(ownValue(frame, 'classname')) ?? textOf(ownValue(frame, 'module'));
      const name = textOf(ownValue(frame, 'function')) ?? '';
      const file = textOf(ownValue(frame, 'filename')) ?? textOf(ownValue(frame, 'abs_path')) ?? '';
      const line =
        textOf(valueAt(frame, 'line', 'number')) ??
        textOf(ownValue(frame, 'lineno')) ??
        textOf(ownValue(frame, 'line.number'));
      return `  at ${owner === undefined ? name : `${owner}.${name}`} (${file}${line === undefined ? '' : `:${line}`})`;
    })
    .join('\n');
}
