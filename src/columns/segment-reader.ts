import type { AttributeValue, Resource, Scope, Span, SpanEvent, SpanKind, SpanLink } from '../model/span.ts';
import type { StatusCode } from '../model/span.ts';
import { hexOfWords } from '../util/hex.ts';
import { firstNotBelow } from '../util/sorted.ts';
import {
  FLAG_KIND_MASK,
  FLAG_PARTIAL,
  FLAG_REVERSED,
  FLAG_SHARED,
  FLAG_STATUS_MASK,
  FLAG_STATUS_SHIFT,
} from './segment.ts';
import type { AttributeColumns, Segment } from './segment.ts';
import { decodeText } from './text-pool.ts';

/** By model/sink.ts VALUE_…. */
const VALUE_NAMES: readonly AttributeValue['type'][] = ['string', 'int', 'double', 'bool', 'json', 'bytes'];

/** Rows of a segment as spans, just as they were read. Texts are decoded when first looked at. */
export class SegmentReader {
  readonly #segment: Segment;
  readonly #texts = new Map<number, string>();
  readonly #resources = new Map<number, Resource>();
  readonly #scopes = new Map<number, Scope>();

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  span(row: number): Span {
    const segment = this.#segment;
    const flags = segment.flags[row];
    const duration = segment.durations[row];
    return {
      traceId: hexOfWords(segment.traceIds, segment.traces[row] * 4, 4),
      spanId: hexOfWords(segment.spanIds, row * 2, 2),
      parentSpanId: isZero(segment.parentIds, row) ? null : hexOfWords(segment.parentIds, row * 2, 2),
      name: this.#text(segment.names[row]),
      kind: (flags & FLAG_KIND_MASK) as SpanKind,
      startUnixNano: instantAt(segment.starts, row),
      durationNs: Number.isNaN(duration) ? null : duration,
      status: ((flags >> FLAG_STATUS_SHIFT) & FLAG_STATUS_MASK) as StatusCode,
      statusMessage: this.#text(segment.statusMessages[row]),
      shared: (flags & FLAG_SHARED) !== 0,
      ...(flags & FLAG_PARTIAL ? { partial: true } : {}),
      resource: this.#resource(segment.spanResources[row]),
      scope: this.#scope(segment.spanScopes[row]),
      attributes: this.#attributes(segment.attributes, row),
      events: this.#events(row),
      links: this.#links(row),
    };
  }

  /** Its end was before its start: the duration was made 0. */
  isReversed(row: number): boolean {
    return (this.#segment.flags[row] & FLAG_REVERSED) !== 0;
  }

  #text(id: number): string {
    let text = this.#texts.get(id);
    if (text === undefined) this.#texts.set(id, (text = decodeText(this.#segment.texts, id)));
    return text;
  }

  #resource(row: number): Resource {
    let resource = this.#resources.get(row);
    if (!resource) {
      resource = { attributes: this.#attributes(this.#segment.resources, row) };
      this.#resources.set(row, resource);
    }
    return resource;
  }

  #scope(row: number): Scope {
    let scope = this.#scopes.get(row);
    if (!scope) {
      const { scopeNames, scopeVersions } = this.#segment;
      scope = { name: this.#text(scopeNames[row]), version: this.#text(scopeVersions[row]) };
      this.#scopes.set(row, scope);
    }
    return scope;
  }

  #attributes(columns: AttributeColumns, row: number): Map<string, AttributeValue> {
    const { shapes, starts, values, shapeStarts, keys, types } = columns;
    const attributes = new Map<string, AttributeValue>();
    let entry = shapeStarts[shapes[row]];
    for (let i = starts[row]; i < starts[row + 1]; i++, entry++) {
      const key = this.#text(keys[entry]);
      // The first writer of a key wins (model/span.ts).
      if (!attributes.has(key)) attributes.set(key, valueOf(types[entry], this.#text(values[i])));
    }
    return attributes;
  }

  #events(row: number): SpanEvent[] {
    const { eventStarts, eventNames, eventTimes, eventAttributes } = this.#segment;
    const events: SpanEvent[] = [];
    for (let event = eventStarts[row]; event < eventStarts[row + 1]; event++) {
      events.push({
        name: this.#text(eventNames[event]),
        timeUnixNano: instantAt(eventTimes, event),
        attributes: this.#attributes(eventAttributes, event),
      });
    }
    return events;
  }

  #links(row: number): SpanLink[] {
    const { linkSpans, linkIds } = this.#segment;
    const links: SpanLink[] = [];
    for (let link = firstNotBelow(linkSpans, row); linkSpans[link] === row; link++) {
      links.push({ traceId: hexOfWords(linkIds, link * 6, 4), spanId: hexOfWords(linkIds, link * 6 + 4, 2) });
    }
    return links;
  }
}

function valueOf(type: number, text: string): AttributeValue {
  const name = VALUE_NAMES[type];
  return name === 'bool' ? { type: name, value: text === 'true' } : { type: name, value: text };
}

function isZero(words: Uint32Array, row: number): boolean {
  return words[row * 2] === 0 && words[row * 2 + 1] === 0;
}

/** Exact; null: no time. */
function instantAt(words: Uint32Array, row: number): bigint | null {
  return isZero(words, row) ? null : (BigInt(words[row * 2]) << 32n) | BigInt(words[row * 2 + 1]);
}
