/** A Span being put together from a foreign record. */
import type {
  AttributeValue,
  Attributes,
  Scope,
  Span,
  SpanEvent,
  SpanKind,
  SpanLink,
  StatusCode,
} from '../model/span.ts';
import { dottedKey } from './dotted-key.ts';
import { spanIdText, traceIdText } from './foreign-ids.ts';
import { isObject, ownValue } from './json-value.ts';

export interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
}

/** Deeper objects become JSON text. */
const DEEPEST = 8;

export class SpanDraft {
  name = '';
  kind: SpanKind = 0;
  startUnixNano: bigint | null = null;
  durationNs: number | null = null;
  status: StatusCode = 0;
  statusMessage = '';
  scope: Scope = { name: '', version: '' };
  readonly attributes = new Map<string, AttributeValue>();
  readonly resource = new Map<string, AttributeValue>();
  readonly events: SpanEvent[] = [];
  readonly links: SpanLink[] = [];
  readonly #ids: SpanIds;

  constructor(ids: SpanIds) {
    this.#ids = ids;
  }

  /** Every field of a record but those of the resource and some others. */
  setRest(record: unknown, others: ReadonlySet<string>): void {
    const { resource } = this;
    setAll(this.attributes, record, { without: { has: (key) => others.has(key) || resource.has(key) } });
  }

  /** The first value of a key counts; null, undefined and '' are none. */
  set(key: string, value: unknown): void {
    setValue(this.attributes, key, value);
  }

  setResource(key: string, value: unknown): void {
    setValue(this.resource, key, value);
  }

  text(key: string): string {
    return String(this.attributes.get(key)?.value ?? this.resource.get(key)?.value ?? '');
  }

  event(name: string, timeUnixNano: bigint | null, attributes: Attributes): void {
    this.events.push({ name, timeUnixNano, attributes });
  }

  exception(thrown: ThrownException, timeUnixNano: bigint | null, others?: unknown): void {
    const attributes = new Map<string, AttributeValue>();
    setValue(attributes, 'exception.type', thrown.type);
    setValue(attributes, 'exception.message', thrown.message);
    setValue(attributes, 'exception.stacktrace', thrown.stacktrace);
    if (others !== undefined) setAll(attributes, others);
    this.event('exception', timeUnixNano, attributes);
  }

  /** Ids in any spelling; a link without them is left out. */
  link(traceId: unknown, spanId: unknown): void {
    const trace = traceIdText(plainText(traceId));
    const span = spanIdText(plainText(spanId));
    if (trace !== null && span !== null) this.links.push({ traceId: trace, spanId: span });
  }

  finish(): Span {
    const { traceId, spanId, parentSpanId } = this.#ids;
    return {
      traceId,
      spanId,
      parentSpanId,
      name: this.name,
      kind: this.kind,
      startUnixNano: this.startUnixNano,
      durationNs: this.durationNs,
      status: this.status,
      statusMessage: this.statusMessage,
      shared: false,
      resource: { attributes: this.resource },
      scope: this.scope,
      attributes: this.attributes,
      events: this.events,
      links: this.links,
    };
  }
}

export interface ThrownException {
  readonly type?: unknown;
  readonly message?: unknown;
  readonly stacktrace?: unknown;
}

/** Scalars as text; anything else ''. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : '';
}

/** The first of these fields that is not empty, as text. */
export function textIn(record: unknown, ...keys: readonly string[]): string {
  for (const key of keys) {
    const text = plainText(ownValue(record, key));
    if (text !== '') return text;
  }
  return '';
}

/** Entries of an object or a Map; of anything else none. */
export function entriesOf(value: unknown): Iterable<readonly [string, unknown]> {
  if (value instanceof Map) return value as ReadonlyMap<string, unknown>;
  return isObject(value) ? Object.entries(value) : [];
}

/** The first value of a key counts; null, undefined and '' are none. */
export function setValue(into: Map<string, AttributeValue>, key: string, value: unknown): void {
  if (key === '' || into.has(key)) return;
  const found = attributeValue(value);
  if (found) into.set(key, found);
}

interface SetOptions {
  readonly prefix?: string;
  /** Keys at the top to leave out. */
  readonly without?: Pick<ReadonlySet<string>, 'has'>;
}

const NO_OPTIONS: SetOptions = {};

/** Nested objects become dotted keys, lists and what is deeper JSON text. */
export function setAll(
  into: Map<string, AttributeValue>,
  values: unknown,
  { prefix = '', without }: SetOptions = NO_OPTIONS,
): void {
  if (values instanceof Map || !isObject(values)) {
    for (const [key, value] of entriesOf(values)) {
      if (!without?.has(key)) setOne(into, prefix, key, value);
    }
    return;
  }
  for (const key of Object.keys(values)) if (!without?.has(key)) setOne(into, prefix, key, values[key]);
}

/** As setAll of an object with this entry alone. */
export function setEntry(into: Map<string, AttributeValue>, key: string, value: unknown): void {
  setOne(into, '', key, value);
}

function setOne(into: Map<string, AttributeValue>, prefix: string, key: string, value: unknown): void {
  const dotted = dottedKey(prefix, key);
  if (isObject(value) && dotted.split('.').length < DEEPEST) setAll(into, value, { prefix: dotted });
  else setValue(into, dotted, value);
}

export function attributeValue(value: unknown): AttributeValue | null {
  switch (typeof value) {
    case 'string':
      return value === '' ? null : { type: 'string', value };
    case 'boolean':
      return { type: 'bool', value };
    case 'bigint':
      return { type: 'int', value: String(value) };
    case 'number':
      return { type: Number.isSafeInteger(value) ? 'int' : 'double', value: String(value) };
    case 'object':
      return value === null ? null : { type: 'json', value: JSON.stringify(withoutMaps(value)) };
    default:
      return null;
  }
}

function withoutMaps(value: unknown): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, inner]) => [String(key), withoutMaps(inner)]));
  return Array.isArray(value) ? value.map(withoutMaps) : value;
}
