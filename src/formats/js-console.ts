/**
 * Spans as JavaScript's ConsoleSpanExporter prints them with console.dir (FORMATS.md §3.29): objects as
 * util.inspect writes them, or as JSON where people copied them out of a browser's console; ReadableSpans, too.
 * opentelemetry-js, packages/opentelemetry-sdk-trace-base/src/export/ConsoleSpanExporter.ts, 0.2 to 2.
 * Not supported: objects within a list or on a single line; what inspect has cut off ([Object]) is missing.
 */
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { Span, SpanEvent, SpanKind } from '../model/span.ts';
import { OPEN_BRACE, OPEN_BRACKET, QUOTE, SPACE } from '../util/bytes.ts';
import { parseJsLines } from '../util/js-lines.ts';
import { parseJsLiteral } from '../util/js-literal.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import type { JsonOutline } from './json-outline.ts';
import { isObject, type Json, listOf, numberOf, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { recordFormat } from './record-format.ts';
import * as z from 'zod/mini';
import { parseStatus } from './span-words.ts';
import { PeekedSource } from './table-format.ts';
import { type SpansOfLines, textFormat } from './text-records.ts';
import type { TraceFormat } from './trace-format.ts';

/** `{`, with a class name or a reference before it. */
const FIRST_LINE = /^(?:<ref \*\d+> )?(?:[A-Za-z_$][\w$]* )?\{$/;
/** Both ids as fields of such an object, the name or the kind between or after them. */
const PRINTED =
  /^(?:<ref \*\d+> )?(?:[A-Za-z_$][\w$]* )?\{\r?\n(?: {2}.*\r?\n)*? {2}(?:traceId: '[0-9a-f]{32}'|_spanContext: \{)/m;
const IS_SPAN = /^ {2}(?:id: '[0-9a-f]{16}'|_spanContext: \{)/m;
const PLACES: readonly string[] = ['', '[].'];
const PEEKED_BYTES = 64 * 1024;

/** Objects at this place are spans of this SDK, not Zipkin's, whose ids have the same names. */
export function isJsConsole(outline: JsonOutline, place: string): boolean {
  const has = (key: string): boolean => outline.has(place + key);
  return (
    (has('traceId') && has('id') && has('status.code')) || (has('_spanContext.traceId') && has('startTime'))
  );
}

const text = textFormat({
  id: 'js-console',
  label: 'JavaScript console spans',
  signs: [PRINTED, IS_SPAN],
  roleOf(line, record) {
    // Texts do not go on in the next line: everything inside is indented.
    if (record && line.startsWith('  ')) return 'goes on';
    if (record && line === '}') return 'ends';
    return line.endsWith('{') && FIRST_LINE.test(line) ? 'begins' : 'foreign';
  },
  open:
    (): SpansOfLines =>
    (lines, { note }) => {
      if (lines.at(-1) !== '}') return null;
      try {
        return spansOf(parseJsLines(lines) ?? parseJsLiteral(lines.join('\n')), note);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        note('js-syntax', 'rejected', `Not an object as Node prints it: ${error.message}.`);
        return [];
      }
    },
});

const json = recordFormat({
  id: text.id,
  label: text.label,
  lists: [],
  matches: ({ outline }) => outline !== null && PLACES.some((place) => isJsConsole(outline, place)),
  schema: z.looseObject({}),
  open:
    () =>
    (_record, { raw, note }) =>
      spansOf(raw, note),
});

export const jsConsole: TraceFormat = {
  ...text,
  matches: (head) => json.matches(head) || text.matches(head),
  async read(source, sink, notes) {
    const peeked = new PeekedSource(source);
    const isJson = beginsLikeJson(await peeked.peek(PEEKED_BYTES));
    await (isJson ? json : text).read(peeked, sink, notes);
  },
};

/** A list, or an object whose first key is in double quotes. */
function beginsLikeJson(bytes: Uint8Array): boolean {
  const [first, second] = bytes.filter((c) => c > SPACE);
  return first === OPEN_BRACKET || (first === OPEN_BRACE && second === QUOTE);
}

function spansOf(raw: Json, note: Parameters<typeof noteMissingIds>[0]): Span[] {
  const context = ownValue(raw, '_spanContext');
  const traceId = traceIdOf(ownValue(raw, 'traceId') ?? ownValue(context, 'traceId'));
  const spanId = spanIdOf(ownValue(raw, 'id') ?? ownValue(context, 'spanId'));
  const isSpan = ownValue(raw, 'duration') !== undefined || ownValue(raw, '_duration') !== undefined;
  if (spanId === null && !isSpan) {
    note('not-a-span', 'skipped', 'Lines between the spans are no part of one.');
    return [];
  }
  if (traceId === null || spanId === null) {
    noteMissingIds(note, { traceId, spanId, name: ownValue(raw, 'name') });
    return [];
  }
  const scope = ownValue(raw, 'instrumentationScope') ?? ownValue(raw, 'instrumentationLibrary');
  const resource = ownValue(raw, 'resource');
  const start = ownValue(raw, 'startTime') ?? ownValue(raw, 'timestamp');
  return [
    plainSpan({
      traceId,
      spanId,
      parentSpanId: parentOf(raw),
      name: textOf(ownValue(raw, 'name')) ?? '',
      kind: kindOf(ownValue(raw, 'kind')),
      startUnixNano: instantOf(start),
      durationNs: durationOf(raw),
      status: parseStatus(textOf(valueAt(raw, 'status', 'code')) ?? '') ?? 0,
      statusMessage: textOf(valueAt(raw, 'status', 'message')) ?? '',
      scope: {
        name: textOf(ownValue(scope, 'name')) ?? '',
        version: textOf(ownValue(scope, 'version')) ?? '',
      },
      resource: new AttributeBag()
        .putAll(ownValue(resource, 'attributes') ?? ownValue(resource, '_attributes'))
        .toResource(),
      attributes: new AttributeBag()
        .putAll(ownValue(raw, 'attributes'))
        .put(TRACE_STATE_KEY, textOf(ownValue(raw, 'traceState'))).map,
      events: listOf(ownValue(raw, 'events')).filter(isObject).map(eventOf),
      links: listOf(ownValue(raw, 'links')).flatMap(linkOf),
    }),
  ];
}

/** By version of the SDK: 2, ReadableSpans of 1, 1. */
function parentOf(raw: Json): string | null {
  return spanIdOf(
    valueAt(raw, 'parentSpanContext', 'spanId') ?? ownValue(raw, 'parentSpanId') ?? ownValue(raw, 'parentId'),
  );
}

/** The API's own numbers: INTERNAL is 0. */
function kindOf(value: Json | undefined): SpanKind {
  return typeof value === 'number' && [0, 1, 2, 3, 4].includes(value) ? ((value + 1) as SpanKind) : 0;
}

/** µs, or [seconds, nanoseconds]. */
function instantOf(value: Json | undefined): bigint | null {
  if (!Array.isArray(value)) return parseInstant(value, 'us');
  const [seconds, ns] = listOf(value).map(numberOf);
  if (!Number.isSafeInteger(seconds) || !Number.isSafeInteger(ns)) return null;
  return BigInt(seconds ?? 0) * 1_000_000_000n + BigInt(ns ?? 0);
}

function durationOf(raw: Json): number | null {
  const value = ownValue(raw, 'duration') ?? ownValue(raw, '_duration');
  if (!Array.isArray(value)) return parseDuration(value, 'us');
  const [seconds, ns] = listOf(value).map(numberOf);
  return seconds === undefined || ns === undefined ? null : Math.round(seconds * 1e9 + ns);
}

function eventOf(event: Json): SpanEvent {
  return {
    name: textOf(ownValue(event, 'name')) ?? '',
    timeUnixNano: instantOf(ownValue(event, 'time')),
    attributes: new AttributeBag().putAll(ownValue(event, 'attributes')).map,
  };
}

function linkOf(link: Json): { traceId: string; spanId: string }[] {
  const traceId = traceIdOf(valueAt(link, 'context', 'traceId'));
  const spanId = spanIdOf(valueAt(link, 'context', 'spanId'));
  return traceId === null || spanId === null ? [] : [{ traceId, spanId }];
}
