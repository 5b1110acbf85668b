/** A SpanSink that keeps plain Spans, for tests. Fails loudly where a reader breaks the order of calls. */
import type { ResourceSlot, ScopeId, SpanSink, TextId, ValueType } from '../../src/model/sink.ts';
import type {
  AttributeValue,
  Span,
  SpanEvent,
  SpanKind,
  SpanLink,
  StatusCode,
} from '../../src/model/span.ts';

const TYPES = ['string', 'int', 'double', 'bool', 'json', 'bytes'] as const;

interface ListEvent {
  name: string;
  timeUnixNano: bigint | null;
  attributes: Map<string, AttributeValue>;
}

interface OpenSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  kind: SpanKind;
  start: bigint;
  end: bigint;
  durationNs: number | null;
  status: StatusCode;
  statusMessage: string;
  shared: boolean;
  partial: boolean;
  resource: ResourceSlot;
  scope: ScopeId;
  attributes: Map<string, AttributeValue>;
  events: ListEvent[];
  links: SpanLink[];
  set: Set<string>;
}

interface ListResource {
  attributes: Map<string, AttributeValue>;
  closed: boolean;
  /** In which it was opened. */
  epoch: number;
  /** The last epoch in which it was open. */
  openUntil: number;
}

function hex(...words: number[]): string {
  return words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function instant(hi: number, lo: number): bigint {
  return (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
}

const decoder = new TextDecoder('utf-8', { fatal: true });

export class ListSink implements SpanSink {
  epoch = 1;
  discarded = 0;
  readonly #closed: OpenSpan[] = [];
  readonly #resources: ListResource[] = [];
  #texts: string[] = [''];
  readonly #scopeNames: { name: string; version: string }[] = [];
  #open: OpenSpan | null = null;
  /** The resource opened or repeated last, and the one that was it when the epoch began. */
  #current: ResourceSlot = -1;
  #carried: ResourceSlot = -1;
  readonly #epochEvery: number;
  readonly #fieldsRepeat: boolean;

  /**
   * epochEvery: ids become invalid after so many spans, as they do when a segment is full. fieldsRepeat: fields of the
   * format may come again, and the last one counts; elsewhere setting one twice is a mistake.
   */
  constructor(epochEvery = 3, fieldsRepeat = false) {
    this.#epochEvery = epochEvery;
    this.#fieldsRepeat = fieldsRepeat;
  }

  text(bytes: Uint8Array, from: number, to: number): TextId {
    return this.textOf(decoder.decode(bytes.subarray(from, to)));
  }

  textOf(value: string): TextId {
    if (value === '') return 0;
    this.#texts.push(value);
    return this.epoch * 1_000_000 + this.#texts.length - 1;
  }

  #textAt(id: TextId): string {
    if (id === 0) return '';
    if (Math.floor(id / 1_000_000) !== this.epoch) throw new Error(`text ${id} is of an earlier epoch`);
    return this.#texts[id % 1_000_000];
  }

  openResource(): ResourceSlot {
    const { epoch } = this;
    this.#current =
      this.#resources.push({ attributes: new Map(), closed: false, epoch, openUntil: epoch }) - 1;
    return this.#current;
  }

  repeatResource(slot: ResourceSlot): void {
    const { closed, epoch } = this.#resources[slot];
    if (!closed) throw new Error('repeats a resource that is open');
    if (epoch !== this.epoch) throw new Error('repeats a resource of an earlier epoch');
    this.#current = slot;
  }

  resourceAttribute(slot: ResourceSlot, key: TextId, type: ValueType, value: TextId): void {
    const resource = this.#resources[slot];
    if (resource.closed) throw new Error('attribute of a closed resource');
    this.#put(resource.attributes, key, type, value);
  }

  closeResource(slot: ResourceSlot): void {
    if (this.#resources[slot].closed) throw new Error('resource closed twice');
    this.#resources[slot].closed = true;
    this.#resources[slot].openUntil = this.epoch;
    if (slot % this.#epochEvery === 0) this.#age();
  }

  resetResource(slot: ResourceSlot): void {
    if (this.#resources[slot].closed) throw new Error('reset of a closed resource');
    this.#resources[slot].attributes.clear();
  }

  scope(name: TextId, version: TextId): ScopeId {
    this.#scopeNames.push({ name: this.#textAt(name), version: this.#textAt(version) });
    return this.epoch * 1_000_000 + this.#scopeNames.length - 1;
  }

  openSpan(resource: ResourceSlot, scope: ScopeId): void {
    if (this.#open) throw new Error('span opened within a span');
    if (Math.floor(scope / 1_000_000) !== this.epoch) throw new Error('scope of an earlier epoch');
    if (!this.#resources[resource]) throw new Error('no such resource');
    const { closed, openUntil } = this.#resources[resource];
    const isGone = closed && openUntil !== this.epoch && resource !== this.#carried;
    if (isGone) throw new Error('resource of an earlier epoch');
    this.#open = {
      traceId: '',
      spanId: '',
      parentSpanId: null,
      name: '',
      kind: 0,
      start: 0n,
      end: 0n,
      durationNs: null,
      status: 0,
      statusMessage: '',
      shared: false,
      partial: false,
      resource,
      scope: scope % 1_000_000,
      attributes: new Map(),
      events: [],
      links: [],
      set: new Set(),
    };
  }

  #span(field?: string): OpenSpan {
    if (!this.#open) throw new Error('no span is open');
    if (field && !this.#fieldsRepeat && this.#open.set.has(field)) throw new Error(`${field} set twice`);
    if (field) this.#open.set.add(field);
    return this.#open;
  }

  traceId(a: number, b: number, c: number, d: number): void {
    this.#span('traceId').traceId = hex(a, b, c, d);
  }

  spanId(hi: number, lo: number): void {
    this.#span('spanId').spanId = hex(hi, lo);
  }

  parentSpanId(hi: number, lo: number): void {
    this.#span('parentSpanId').parentSpanId = hi === 0 && lo === 0 ? null : hex(hi, lo);
  }

  name(text: TextId): void {
    this.#span('name').name = this.#textAt(text);
  }

  kind(kind: SpanKind): void {
    this.#span('kind').kind = kind;
  }

  startUnixNano(hi: number, lo: number): void {
    this.#span('start').start = instant(hi, lo);
  }

  endUnixNano(hi: number, lo: number): void {
    this.#span('end').end = instant(hi, lo);
  }

  durationNs(ns: number): void {
    this.#span('duration').durationNs = ns;
  }

  status(code: StatusCode): void {
    this.#span('status').status = code;
  }

  statusMessage(text: TextId): void {
    this.#span('statusMessage').statusMessage = this.#textAt(text);
  }

  shared(): void {
    this.#span('shared').shared = true;
  }

  partial(): void {
    this.#span('partial').partial = true;
  }

  attribute(key: TextId, type: ValueType, value: TextId): void {
    this.#put(this.#span().attributes, key, type, value);
  }

  event(name: TextId, timeHi: number, timeLo: number): void {
    const time = instant(timeHi, timeLo);
    this.#span().events.push({
      name: this.#textAt(name),
      timeUnixNano: time === 0n ? null : time,
      attributes: new Map(),
    });
  }

  #lastEvent(): ListEvent {
    const event = this.#span().events.at(-1);
    if (!event) throw new Error('no event is open');
    return event;
  }

  eventAttribute(key: TextId, type: ValueType, value: TextId): void {
    this.#put(this.#lastEvent().attributes, key, type, value);
  }

  amendEvent(name: TextId, timeHi: number, timeLo: number): void {
    const event = this.#lastEvent();
    const time = instant(timeHi, timeLo);
    event.name = this.#textAt(name);
    event.timeUnixNano = time === 0n ? null : time;
  }

  link(a: number, b: number, c: number, d: number, spanHi: number, spanLo: number): void {
    this.#span().links.push({ traceId: hex(a, b, c, d), spanId: hex(spanHi, spanLo) });
  }

  closeSpan(): void {
    const span = this.#span();
    if (span.traceId === '' || span.spanId === '') throw new Error('span closed without ids');
    this.#closed.push(span);
    this.#open = null;
    if (this.#closed.length % this.#epochEvery === 0) this.#age();
  }

  discardSpan(): void {
    this.#span();
    this.#open = null;
    this.discarded++;
  }

  /** All closed spans, in order. Throws when a span or resource was left open. */
  spans(): Span[] {
    if (this.#open) throw new Error('a span was left open');
    if (this.#resources.some(({ closed }) => !closed)) throw new Error('a resource was left open');
    return this.#closed.map((span) => this.#finish(span));
  }

  #age(): void {
    this.epoch++;
    this.#carried = this.#current;
    this.#texts = [''];
  }

  #finish(span: OpenSpan): Span {
    const { traceId, spanId, parentSpanId, name, kind, status, statusMessage, shared } = span;
    const { attributes, links } = span;
    const hasEnd = span.end !== 0n && span.start !== 0n;
    const duration = span.durationNs ?? (hasEnd ? Number(span.end - span.start) : null);
    const events: SpanEvent[] = span.events;
    return {
      traceId,
      spanId,
      parentSpanId,
      name,
      kind,
      startUnixNano: span.start === 0n ? null : span.start,
      durationNs: duration === null ? null : Math.max(0, duration),
      status,
      statusMessage,
      shared,
      ...(span.partial ? { partial: true } : {}),
      resource: { attributes: this.#resources[span.resource].attributes },
      scope: this.#scopeNames[span.scope],
      attributes,
      events,
      links,
    };
  }

  #put(attributes: Map<string, AttributeValue>, key: TextId, type: ValueType, value: TextId): void {
    const name = this.#textAt(key);
    if (attributes.has(name)) return;
    const text = this.#textAt(value);
    const typeName = TYPES[type];
    attributes.set(
      name,
      typeName === 'bool' ? { type: typeName, value: text === 'true' } : { type: typeName, value: text },
    );
  }
}
