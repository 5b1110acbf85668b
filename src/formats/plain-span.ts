/** Making of plain spans out of the values of other formats: ids, attributes, resources, exceptions. */
import { EXCEPTION_EVENT } from '../model/attribute-keys.ts';
import type { Attributes, AttributeValue, Resource, Scope, Span, SpanEvent } from '../model/span.ts';
import { memo } from '../util/memo.ts';
import { dottedKey } from './dotted-key.ts';
import { IdTexts } from './id-texts.ts';
import { isObject, textOf } from './json-value.ts';

const hexIds = new IdTexts({ base64: false });
const base64Ids = new IdTexts({ base64: true });
const NOTHING: Attributes = new Map();
const NO_RESOURCE: Resource = { attributes: NOTHING };
const NO_SCOPE: Scope = { name: '', version: '' };

/** A span of which only these fields are known. */
export function plainSpan(known: Partial<Span> & Pick<Span, 'traceId' | 'spanId'>): Span {
  // Field by field: a spread costs several times as much.
  return {
    traceId: known.traceId,
    spanId: known.spanId,
    parentSpanId: known.parentSpanId ?? null,
    name: known.name ?? '',
    kind: known.kind ?? 0,
    startUnixNano: known.startUnixNano ?? null,
    durationNs: known.durationNs ?? null,
    status: known.status ?? 0,
    statusMessage: known.statusMessage ?? '',
    shared: known.shared ?? false,
    partial: known.partial,
    resource: known.resource ?? NO_RESOURCE,
    scope: known.scope ?? NO_SCOPE,
    attributes: known.attributes ?? NOTHING,
    events: known.events ?? [],
    links: known.links ?? [],
  };
}

/** 32 hex digits; null: no id. Any spelling (FORMATS.md §0.2); what is none of them is hashed. */
export function traceIdOf(value: unknown, encoding: 'hex' | 'base64' = 'hex'): string | null {
  return (encoding === 'hex' ? hexIds : base64Ids).traceId(textOf(value) ?? '');
}

/** As traceIdOf, 16 hex digits. */
export function spanIdOf(value: unknown, encoding: 'hex' | 'base64' = 'hex'): string | null {
  return (encoding === 'hex' ? hexIds : base64Ids).spanId(textOf(value) ?? '');
}

/** An unsigned 64-bit id in decimal digits → 16 hex digits; null: none. */
export function decimalSpanId(value: unknown): string | null {
  const text = textOf(value) ?? '';
  return /^\d{1,20}$/.test(text) ? hexOfDecimal(text) : spanIdOf(text);
}

/** Trace ids come with each of their spans, span ids with their children. */
const hexOfDecimal = memo((digits): string | null => {
  const id = BigInt.asUintN(64, BigInt(digits));
  return id === 0n ? null : id.toString(16).padStart(16, '0');
});

/** Lists and maps become JSON text; null: nothing is there. */
export function attributeValue(value: unknown): AttributeValue | null {
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value === 'boolean') return { type: 'bool', value };
  if (typeof value === 'number') {
    return { type: Number.isSafeInteger(value) ? 'int' : 'double', value: String(value) };
  }
  if (typeof value === 'bigint') return { type: 'int', value: String(value) };
  return typeof value === 'object' && value !== null ? { type: 'json', value: JSON.stringify(value) } : null;
}

/** Attributes being gathered. The first of a key counts; null, undefined and empty texts are left out. */
export class AttributeBag {
  readonly map = new Map<string, AttributeValue>();

  put(key: string, value: unknown): this {
    if (value === '' || key === '' || this.map.has(key)) return this;
    const attribute = attributeValue(value);
    if (attribute) this.map.set(key, attribute);
    return this;
  }

  /** Every entry of an object, but for some keys. */
  putAll(object: unknown, without?: ReadonlySet<string>): this {
    if (!isObject(object)) return this;
    for (const key of Object.keys(object)) if (!without?.has(key)) this.put(key, object[key]);
    return this;
  }

  /** Nested objects as one level, keys joined by dots; `without` are keys of the result. */
  putNested(value: unknown, prefix = '', without?: ReadonlySet<string>, depth = 0): this {
    if (without?.has(prefix)) return this;
    if (!isObject(value) || depth > 12) return this.put(prefix, value);
    for (const key of Object.keys(value)) {
      this.putNested(value[key], dottedKey(prefix, key), without, depth + 1);
    }
    return this;
  }

  /** Attributes that have their types already. */
  putValues(attributes: Attributes): this {
    for (const [key, value] of attributes) this.putValue(key, value);
    return this;
  }

  putValue(key: string, value: AttributeValue): void {
    if (!this.map.has(key)) this.map.set(key, value);
  }

  toResource(): Resource {
    return { attributes: this.map };
  }
}

/** The route in a name such as `GET /carts/{id}`; undefined: the name has no placeholder, so it may be a raw path. */
export function routeIn(name: string | undefined): string | undefined {
  const found = /^[A-Z]+ (\/\S*)$/.exec(name ?? '');
  return found && /[:{<*]/.test(found[1]) ? found[1] : undefined;
}

export interface ExceptionText {
  readonly type?: unknown;
  readonly message?: unknown;
  readonly stacktrace?: unknown;
  readonly escaped?: boolean;
}

/** An exception as OpenTelemetry's event; null: it says nothing. */
export function exceptionEvent(exception: ExceptionText, timeUnixNano: bigint | null): SpanEvent | null {
  const bag = new AttributeBag();
  bag.put('exception.type', exception.type);
  bag.put('exception.message', exception.message);
  bag.put('exception.stacktrace', exception.stacktrace);
  if (bag.map.size === 0) return null;
  bag.put('exception.escaped', exception.escaped);
  return { name: EXCEPTION_EVENT, timeUnixNano, attributes: bag.map };
}
