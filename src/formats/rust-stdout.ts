/**
 * Spans as Rust's opentelemetry-stdout prints them from 0.25 on (FORMATS.md §3.29); before, it wrote OTLP/JSON.
 * opentelemetry-rust, opentelemetry-stdout/src/trace/exporter.rs. The resource is printed once, before its spans.
 * Not supported: its metrics and log records, which are skipped.
 */
import type { Attributes, AttributeValue, Resource, Span, StatusCode } from '../model/span.ts';
import { memo } from '../util/memo.ts';
import { durationBetween } from './durations.ts';
import { parseInstant } from './instants.ts';
import { noteMissingIds } from './missing-ids.ts';
import { plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { parseKind } from './span-words.ts';
import { textFormat, type TextContext } from './text-records.ts';

const FIRST_LINE = /^(?:Spans|Resource|Span #\d+)$/;
const RESOURCE_LINE = 'Resource';
const PRINTED = /^Span #\d+\r?\n\tInstrumentation Scope\r?\n/m;
/** `\t\t ->  http.route: String(Owned("/cart"))`, of the resource with `=`. */
const ENTRY = /^\t+ *-> *([^\s:=]+(?::[^\s:=]+)*)[:=] ?(.*)$/;
const EMPTY: Resource = { attributes: new Map() };

export const rustStdout = textFormat({
  id: 'rust-stdout',
  label: 'Rust stdout spans',
  signs: [PRINTED],
  roleOf(line, record) {
    if (record && (line === '' || line.startsWith('\t'))) return 'goes on';
    return FIRST_LINE.test(line) ? 'begins' : 'foreign';
  },
  open() {
    let resource = EMPTY;
    return (lines, context) => {
      const printed = new PrintedSpan();
      for (let i = 1; i < lines.length; i++) printed.line(lines[i]);
      if (lines[0].startsWith('Span #')) return printed.spans(resource, context);
      if (lines[0] === RESOURCE_LINE) resource = { attributes: printed.attributes };
      return [];
    };
  },
});

/** An attribute, or a field. */
type Content =
  | { readonly key: string; readonly attribute: AttributeValue }
  | { readonly key: string; readonly text: string };

/** Lines come again and again. null: neither an attribute nor a field. */
const contentOf = memo((line): Content | null => {
  const entry = line.includes('->') ? ENTRY.exec(line) : null;
  if (entry) return { key: entry[1], attribute: valueOf(entry[2]) };
  const colon = line.indexOf(':');
  return colon < 0 ? null : { key: line.slice(0, colon).trim(), text: line.slice(colon + 2) };
});

/** The span itself, its scope, or one of its events or links. */
class Part {
  /** `\tTraceId      : 5b8e…` */
  readonly fields = new Map<string, string>();
  readonly attributes = new Map<string, AttributeValue>();

  attribute(key: string, value: AttributeValue): void {
    if (value.value !== '' && !this.attributes.has(key)) this.attributes.set(key, value);
  }
}

class PrintedSpan {
  readonly #span = new Part();
  readonly #scope = new Part();
  readonly #events: Part[] = [];
  readonly #links: Part[] = [];
  #part = this.#span;
  #section = '';

  get attributes(): Attributes {
    return this.#span.attributes;
  }

  line(line: string): void {
    if (line === '') this.#part = this.#span;
    else if (line === '\tInstrumentation Scope') this.#part = this.#scope;
    else if (line === '\tEvents:' || line === '\tLinks:') this.#section = line;
    else this.#content(line);
  }

  #content(line: string): void {
    const content = contentOf(line);
    if (!content) return;
    const { key } = content;
    if ('attribute' in content) return this.#part.attribute(key, content.attribute);
    if (this.#section === '\tEvents:' && key === 'Name') this.#begin(this.#events);
    if (this.#section === '\tLinks:' && key === 'TraceId') this.#begin(this.#links);
    this.#part.fields.set(key, content.text);
  }

  #begin(list: Part[]): void {
    this.#part = new Part();
    list.push(this.#part);
  }

  /** null: the file was cut off before its status. */
  spans(resource: Resource, { note }: TextContext): Span[] | null {
    const { fields, attributes } = this.#span;
    const statusText = fields.get('Status');
    if (statusText === undefined) return null;
    const ids = idsOf(this.#span);
    const name = fields.get('Name') ?? '';
    if (ids === null) {
      noteMissingIds(note, { traceId: null, spanId: null, name });
      return [];
    }
    const { status, statusMessage } = statusOf(statusText);
    const startUnixNano = parseInstant(fields.get('Start time'));
    return [
      plainSpan({
        traceId: ids.traceId,
        spanId: ids.spanId,
        parentSpanId: parentOf(fields.get('ParentSpanId')),
        name,
        kind: parseKind(fields.get('Kind') ?? '') ?? 0,
        startUnixNano,
        durationNs: durationBetween(startUnixNano, parseInstant(fields.get('End time'))),
        status,
        statusMessage,
        scope: {
          name: unquote(this.#scope.fields.get('Name') ?? ''),
          version: unquote(this.#scope.fields.get('Version') ?? ''),
        },
        resource,
        attributes,
        events: this.#events.map((event) => ({
          name: event.fields.get('Name') ?? '',
          timeUnixNano: parseInstant(event.fields.get('Timestamp')),
          attributes: event.attributes,
        })),
        links: this.#links.flatMap((link) => idsOf(link) ?? []),
      }),
    ];
  }
}

function idsOf({ fields }: Part): { traceId: string; spanId: string } | null {
  const traceId = traceIdOf(fields.get('TraceId'));
  const spanId = spanIdOf(fields.get('SpanId'));
  return traceId === null || spanId === null ? null : { traceId, spanId };
}

/** `None (root span)` */
function parentOf(text: string | undefined): string | null {
  return text !== undefined && /^[0-9a-f]{16}$/.test(text) ? spanIdOf(text) : null;
}

/** `Error { description: "deadlock" }` */
function statusOf(text: string): { status: StatusCode; statusMessage: string } {
  if (!text.startsWith('Error')) return { status: text === 'Ok' ? 1 : 0, statusMessage: '' };
  const found = /description: (".*") \}$/.exec(text);
  return { status: 2, statusMessage: unquote(found?.[1] ?? '') };
}

const VALUE = /^(String|I64|F64|Bool)\((?:(?:Owned|Static|RefCounted)\((.*)\)|(.*))\)$/;

/** A value as Rust's Debug writes it: `String(Owned("x"))`, `I64(5)`, `F64(0.5)`, `Bool(true)`, `Array(…)`. */
function valueOf(text: string): AttributeValue {
  const found = VALUE.exec(text);
  if (!found) return { type: 'string', value: text };
  const [, type, text1, text2] = found;
  const value = text1 ?? text2 ?? '';
  if (type === 'I64') return { type: 'int', value };
  if (type === 'F64') return { type: 'double', value };
  return type === 'Bool'
    ? { type: 'bool', value: value === 'true' }
    : { type: 'string', value: unquote(value) };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['0', '\0'],
]);

/** A text as Rust's Debug writes it; anything else as it is. */
function unquote(text: string): string {
  if (!/^".*"$/.test(text)) return text;
  const inner = text.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return inner.replace(/\\(?:u\{([0-9a-f]{1,6})\}|(.))/g, (_whole, hex?: string, c = '') => {
    if (hex === undefined) return ESCAPES.get(c) ?? c;
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
  });
}
