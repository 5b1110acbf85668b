/**
 * Zipkin's v1 JSON: https://github.com/openzipkin/zipkin-api/blob/master/zipkin-api.yaml (2012–2018), with what
 * happened as annotations of endpoints. A span may hold both sides of a call: each becomes a span of its own.
 * Not supported: Thrift.
 */
import * as z from 'zod/mini';
import type { AttributeValue, Span, SpanEvent, SpanKind } from '../model/span.ts';
import { type Json, listOf, ownValue, textOf } from './json-value.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { recordFormat, SEARCH_LISTS, unwrapHit } from './record-format.ts';
import { parseStatus } from './span-words.ts';
import { readAnnotatedEvent, SIDES } from './zipkin-annotation.ts';
import { addressOf } from './zipkin-endpoint.ts';
import { isZipkinV1, zipkinPlaces } from './zipkin.ts';

const micros = z.optional(z.nullable(z.union([z.number(), z.string()])));
const schema = z.object({
  traceId: z.string(),
  id: z.string(),
  parentId: z.optional(z.nullable(z.string())),
  name: z.optional(z.nullable(z.string())),
  timestamp: micros,
  duration: micros,
  annotations: z.optional(z.nullable(z.array(z.unknown()))),
  binaryAnnotations: z.optional(z.nullable(z.array(z.unknown()))),
});
type SpanV1 = z.infer<typeof schema>;

/** Binary annotations that name the other end, by the kinds they are told by. */
const PEERS: ReadonlyMap<string, readonly SpanKind[]> = new Map([
  ['sa', [3]],
  ['ca', [2]],
  ['ma', [4, 5]],
]);

interface Endpoint {
  readonly serviceName: string;
  readonly address: string;
}

/** One side of a call, or local work. */
interface Side {
  readonly kind: SpanKind;
  endpoint: Endpoint | null;
  beginUs: bigint | null;
  endUs: bigint | null;
  readonly attributes: AttributeBag;
  readonly events: SpanEvent[];
}

export const zipkinV1 = recordFormat<SpanV1>({
  id: 'zipkin-v1',
  label: 'Zipkin v1 JSON',
  lists: ['data', 'result', 'spans', 'traces', ...SEARCH_LISTS],
  schema,
  unwrap: unwrapHit,
  matches: ({ outline }) =>
    outline !== null && zipkinPlaces(outline).some((place) => isZipkinV1(outline, place)),
  open: () => readSpan,
});

function readSpan(record: SpanV1): readonly Span[] {
  const sides = new Sides();
  for (const annotation of listOf(record.annotations)) sides.annotate(annotation);
  for (const annotation of listOf(record.binaryAnnotations)) sides.describe(annotation);
  const hasClient = sides.all.some(({ kind }) => kind === 3);
  return sides.all.map((side) => toSpan(side, record, hasClient));
}

class Sides {
  readonly all: Side[] = [];
  /** What was said before there was a side to say it of. */
  readonly #local: Side = newSide(0, null);
  #localIsUsed = false;

  constructor() {
    this.all.push(this.#local);
  }

  annotate(annotation: Json): void {
    const value = textOf(ownValue(annotation, 'value')) ?? '';
    const us = microsOf(ownValue(annotation, 'timestamp'));
    const endpoint = readEndpoint(ownValue(annotation, 'endpoint'));
    const core = SIDES.get(value);
    if (!core) {
      const named = readAnnotatedEvent(value) ?? { name: value, attributes: new Map() };
      this.#of(endpoint).events.push({ ...named, timeUnixNano: us === null ? null : us * 1000n });
      return;
    }
    const side = this.#side(core.kind, endpoint);
    if (core.begins) side.beginUs ??= us;
    else side.endUs ??= us;
  }

  describe(annotation: Json): void {
    const key = textOf(ownValue(annotation, 'key')) ?? '';
    const endpoint = readEndpoint(ownValue(annotation, 'endpoint'));
    const peerOf = PEERS.get(key);
    if (peerOf && endpoint) {
      const side = this.all.find(({ kind }) => peerOf.includes(kind)) ?? this.#of(null);
      side.attributes.put('zipkin.remote_endpoint.service_name', endpoint.serviceName);
      side.attributes.put('zipkin.remote_endpoint.address', endpoint.address);
      return;
    }
    const { map } = this.#of(endpoint).attributes;
    const value = tagValue(annotation);
    if (key !== '' && value && !map.has(key)) map.set(key, value);
  }

  /** The side of this kind at this endpoint. */
  #side(kind: SpanKind, endpoint: Endpoint | null): Side {
    const name = endpoint?.serviceName ?? '';
    const known = this.all.find((side) => side.kind === kind && (side.endpoint?.serviceName ?? '') === name);
    if (known) return known;
    if (!this.#localIsUsed && this.all[0] === this.#local) this.all.shift();
    const side = newSide(kind, endpoint);
    this.all.push(side);
    return side;
  }

  /** The side that something at this endpoint is said of. */
  #of(endpoint: Endpoint | null): Side {
    const name = endpoint?.serviceName ?? '';
    const side = this.all.find((one) => name !== '' && one.endpoint?.serviceName === name) ?? this.all[0];
    side.endpoint ??= endpoint;
    if (side === this.#local) this.#localIsUsed = true;
    return side;
  }
}

function newSide(kind: SpanKind, endpoint: Endpoint | null): Side {
  return { kind, endpoint, beginUs: null, endUs: null, attributes: new AttributeBag(), events: [] };
}

function toSpan(side: Side, record: SpanV1, hasClient: boolean): Span {
  const { kind, endpoint, attributes, events } = side;
  const traceId = traceIdOf(record.traceId);
  const spanId = spanIdOf(record.id);
  if (traceId === null || spanId === null) throw new Error('it has no ids');
  const isServer = kind === 2;
  const resource = new AttributeBag();
  resource.put('service.name', endpoint?.serviceName);
  resource.put('zipkin.local_endpoint', endpoint?.address);
  const isApplication = ['target_element', 'target_xpath'].some((key) => attributes.map.has(key));
  if (isApplication) resource.put('headwater.application', true);
  return plainSpan({
    traceId,
    spanId,
    parentSpanId: spanIdOf(record.parentId),
    name: record.name ?? '',
    kind,
    ...timesOf(side, record, isServer && hasClient),
    ...statusOf(attributes.map),
    shared: isServer && (hasClient || microsOf(record.timestamp) === null),
    resource: resource.toResource(),
    attributes: attributes.map,
    events,
  });
}

/** The span's own times are those of its client, or of its only side. */
function timesOf(
  { beginUs, endUs, events }: Side,
  record: SpanV1,
  isOther: boolean,
): Pick<Span, 'startUnixNano' | 'durationNs'> {
  const own = isOther ? null : microsOf(record.timestamp);
  const startUs = beginUs ?? own;
  const ownDuration = isOther ? null : microsOf(record.duration);
  const durationUs = beginUs !== null && endUs !== null ? endUs - beginUs : ownDuration;
  const firstEvent = events.find(({ timeUnixNano }) => timeUnixNano !== null)?.timeUnixNano ?? null;
  return {
    startUnixNano: startUs === null ? firstEvent : startUs * 1000n,
    durationNs: durationUs === null || durationUs < 0n ? null : Number(durationUs) * 1000,
  };
}

/** The tag `error` present and not "false" is a failure (SEMANTICS.md §7). */
function statusOf(tags: ReadonlyMap<string, AttributeValue>): Pick<Span, 'status' | 'statusMessage'> {
  const error = tags.get('error');
  const text = String(error?.value ?? '');
  if (error && text.toLowerCase() !== 'false') {
    return { status: 2, statusMessage: text.toLowerCase() === 'true' ? '' : text };
  }
  return { status: parseStatus(String(tags.get('otel.status_code')?.value ?? '')) ?? 0, statusMessage: '' };
}

function readEndpoint(value: Json | undefined): Endpoint | null {
  const text = (key: string): string => textOf(ownValue(value, key)) ?? '';
  const serviceName = text('serviceName');
  const address = addressOf(text('ipv4'), text('ipv6'), text('port'));
  return serviceName === '' && address === '' ? null : { serviceName, address };
}

function tagValue(annotation: Json): AttributeValue | null {
  const value = ownValue(annotation, 'value');
  const text = typeof value === 'string' ? value : textOf(value);
  if (text === undefined) return null;
  switch (textOf(ownValue(annotation, 'type'))) {
    case 'BYTES':
      return { type: 'bytes', value: text };
    case 'I16':
    case 'I32':
    case 'I64':
      return { type: 'int', value: text };
    case 'DOUBLE':
      return { type: 'double', value: text };
    default:
      return typeof value === 'boolean' ? { type: 'bool', value } : { type: 'string', value: text };
  }
}

/** µs; null: none. */
function microsOf(value: unknown): bigint | null {
  const text = textOf(value) ?? '';
  return /^\d{1,18}(\.\d*)?$/.test(text) && Number(text) > 0 ? BigInt(text.split('.')[0]) : null;
}
