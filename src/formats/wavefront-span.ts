/** A span of Wavefront's, from a line of text or from JSON → a plain span. Its tags say all but its times. */
import type { Span, SpanLink } from '../model/span.ts';
import { STATUS_ERROR, STATUS_UNSET } from '../model/span.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { textOf } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { takeResource } from './resource-in-attributes.ts';
import type { TextContext } from './text-records.ts';
import { parseKind } from './span-words.ts';

export interface WavefrontSpan {
  readonly name: string;
  readonly startMs: unknown;
  readonly durationMs: unknown;
  /** In order; a key may come several times. */
  readonly tags: readonly (readonly [key: string, value: unknown])[];
}

/** Tags that are fields of the span. */
const FIELDS = new Set([
  'traceId',
  'spanId',
  'parent',
  'followsFrom',
  'span.kind',
  'error',
  'service',
  'source',
]);

export function wavefrontSpan(
  { name, startMs, durationMs, tags }: WavefrontSpan,
  { note }: TextContext,
): Span[] {
  const first = (key: string): unknown => tags.find(([known]) => known === key)?.[1];
  const traceId = traceIdOf(first('traceId'));
  const spanId = idOf(first('spanId'));
  if (traceId === null || spanId === null) {
    noteMissingIds(note, { traceId, spanId, name });
    return [];
  }
  const attributes = new AttributeBag();
  for (const [key, value] of tags) if (!FIELDS.has(key) && key !== '_spanLogs') attributes.put(key, value);
  const resource = new AttributeBag()
    .put('service.name', first('service'))
    .put('host.name', first('source'))
    .putValues(takeResource(attributes).map);
  const others = tags.filter(([key]) => key === 'parent').slice(1);
  const linked = [...others, ...tags.filter(([key]) => key === 'followsFrom')];
  return [
    plainSpan({
      traceId,
      spanId,
      parentSpanId: idOf(first('parent')),
      name,
      kind: parseKind(textOf(first('span.kind')) ?? '') ?? 0,
      startUnixNano: parseInstant(startMs, 'ms'),
      durationNs: parseDuration(durationMs, 'ms'),
      status: /^true$/i.test(textOf(first('error')) ?? '') ? STATUS_ERROR : STATUS_UNSET,
      resource: resource.toResource(),
      attributes: attributes.map,
      links: linked.flatMap(([, value]): SpanLink[] => {
        const id = idOf(value);
        return id === null ? [] : [{ traceId, spanId: id }];
      }),
    }),
  ];
}

/** A UUID, into which ids of 64 bits are written below zeros. */
function idOf(value: unknown): string | null {
  return spanIdOf(
    typeof value === 'string' ? value.replace(/^0{8}-0{4}-0{4}-(\w{4})-(\w{12})$/, '$1$2') : value,
  );
}
