/**
 * Draws traces as text, one span per line, so that tests can be read (STYLE.md §6).
 *
 *     frontend  GET /cart   server  120ms
 *       cart    GET /items  server   80ms  503
 *         cart  SELECT      client   70ms  error  db.system=redis
 *
 * Two or more blanks part the columns. Indentation = parent; a line without indentation begins a new
 * trace. The first two columns are service and span name; then, in any order:
 * - the kind: internal, server, client, producer, consumer (none: unset)
 * - a duration: `120ms`, `5us`, `7ns`, `2s` (none: 10ms); `no-time`; `-5ms`: ends before it starts
 * - a three-digit number: http.response.status_code
 * - `error`, `ok`, `error=message`: the span's status
 * - `exception=Type: message`, `escaped=Type: message`: an exception event, the latter with exception.escaped
 * - `id=a1`, `parent=b2` (or `parent=none`), `trace=t9`: ids in hex; else numbered 1, 2, 3 …
 * - `link=b2` or `link=trace/b2`: a link; `at=30ms`: start after the beginning of all (else 1 ms after the parent's)
 * - `shared`: Zipkin's mark
 * - `resource.KEY=VALUE`; `app`: the resource of a browser; `namespace=shop`; `instance=pod-1`
 * - `KEY=VALUE`: an attribute; whole numbers are ints, true/false bools
 */
import type { AttributeValue, Span, SpanEvent, SpanKind, SpanLink } from '../../src/model/span.ts';

const KINDS: Readonly<Record<string, SpanKind>> = {
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5,
};
const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 };
const DEFAULT_DURATION_NS = 10_000_000;

/** Instant of the first line of every drawing: 2023-11-14T22:13:20Z. */
export const BEGINNING = 1_700_000_000_000_000_000n;

type Draft = { -readonly [key in keyof Span]: Span[key] } & {
  attributes: Map<string, AttributeValue>;
  events: SpanEvent[];
  links: SpanLink[];
};

interface Open {
  readonly indent: number;
  readonly span: Draft;
}

export function trace(drawing: string): Span[] {
  const open: Open[] = [];
  const spans: Draft[] = [];
  let traces = 0;
  for (const line of drawing.split('\n')) {
    if (line.trim() === '') continue;
    const indent = line.search(/\S/);
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const parent = open.at(-1)?.span ?? null;
    if (!parent) traces++;
    const span = draw(line, parent, { traces, number: spans.length + 1 });
    spans.push(span);
    open.push({ indent, span });
  }
  return spans;
}

/** What a name in an attribute or an id column stands for: `a1` → 00000000000000a1. */
export function spanIdOf(text: string): string {
  return text.padStart(16, '0');
}

export function traceIdOf(text: string): string {
  return text.padStart(32, '0');
}

export function stringValue(value: string): AttributeValue {
  return { type: 'string', value };
}

function draw(line: string, parent: Draft | null, count: { traces: number; number: number }): Draft {
  const [service = '', name = '', ...columns] = line.trim().split(/\s{2,}/);
  const span: Draft = {
    traceId: parent?.traceId ?? traceIdOf(count.traces.toString(16)),
    spanId: spanIdOf(count.number.toString(16)),
    parentSpanId: parent?.spanId ?? null,
    name,
    kind: 0,
    startUnixNano: (parent?.startUnixNano ?? BEGINNING) + (parent ? 1_000_000n : 0n),
    durationNs: DEFAULT_DURATION_NS,
    status: 0,
    statusMessage: '',
    shared: false,
    resource: { attributes: new Map() },
    scope: { name: '', version: '' },
    attributes: new Map(),
    events: [],
    links: [],
  };
  const resource = new Map([['service.name', stringValue(service)]]);
  for (const column of columns) readColumn(column, span, resource);
  span.resource = { attributes: resource };
  return span;
}

function readColumn(column: string, span: Draft, resource: Map<string, AttributeValue>): void {
  const [, key, value = ''] = /^([^=\s]+)=(.*)$/s.exec(column) ?? [];
  if (key === undefined) readWord(column, span, resource);
  else if (key === 'namespace') resource.set('service.namespace', stringValue(value));
  else if (key === 'instance') resource.set('service.instance.id', stringValue(value));
  else if (key.startsWith('resource.')) resource.set(key.slice('resource.'.length), valueOf(value));
  else readAssignment(key, value, span);
}

function readWord(word: string, span: Draft, resource: Map<string, AttributeValue>): void {
  const [, amount, unit] = /^(-?[\d.]+)(ns|us|ms|s)$/.exec(word) ?? [];
  const kind = KINDS[word];
  if (kind !== undefined) span.kind = kind;
  else if (unit !== undefined) span.durationNs = Number(amount) * (UNITS[unit] ?? 1);
  else if (/^\d{3}$/.test(word)) span.attributes.set('http.response.status_code', valueOf(word));
  else if (word === 'error') span.status = 2;
  else if (word === 'ok') span.status = 1;
  else if (word === 'shared') span.shared = true;
  else if (word === 'app') resource.set('telemetry.sdk.language', stringValue('webjs'));
  else if (word === 'no-time') {
    span.startUnixNano = null;
    span.durationNs = null;
  } else throw new Error(`trace drawing: what does "${word}" mean?`);
}

function readAssignment(key: string, value: string, span: Draft): void {
  if (key === 'id') span.spanId = spanIdOf(value);
  else if (key === 'trace') span.traceId = traceIdOf(value);
  else if (key === 'parent') span.parentSpanId = value === 'none' ? null : spanIdOf(value);
  else if (key === 'link') span.links.push(linkOf(value, span));
  else if (key === 'at') span.startUnixNano = BEGINNING + BigInt(nanoseconds(value));
  else if (key === 'exception' || key === 'escaped') span.events.push(exceptionOf(value, key === 'escaped'));
  else if (key === 'error') {
    span.status = 2;
    span.statusMessage = value;
  } else span.attributes.set(key, valueOf(value));
}

function nanoseconds(text: string): number {
  const [, amount, unit] = /^(-?[\d.]+)(ns|us|ms|s)$/.exec(text) ?? [];
  if (unit === undefined) throw new Error(`trace drawing: "${text}" is no time`);
  return Number(amount) * (UNITS[unit] ?? 1);
}

function linkOf(text: string, span: Draft): SpanLink {
  const [spanId = '', traceId] = text.split('/').reverse();
  return { traceId: traceId === undefined ? span.traceId : traceIdOf(traceId), spanId: spanIdOf(spanId) };
}

function exceptionOf(text: string, escaped: boolean): SpanEvent {
  const [, type = '', message] = /^([^:]*)(?::\s*(.*))?$/s.exec(text) ?? [];
  const attributes = new Map([['exception.type', stringValue(type)]]);
  if (message !== undefined) attributes.set('exception.message', stringValue(message));
  if (escaped) attributes.set('exception.escaped', { type: 'bool', value: true });
  return { name: 'exception', timeUnixNano: null, attributes };
}

function valueOf(text: string): AttributeValue {
  if (/^-?\d+$/.test(text)) return { type: 'int', value: text };
  if (text === 'true' || text === 'false') return { type: 'bool', value: text === 'true' };
  return stringValue(text);
}
