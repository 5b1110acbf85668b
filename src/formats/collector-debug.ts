/**
 * Spans as the OpenTelemetry Collector's debug exporter prints them (verbosity: detailed), and the logging exporter
 * before it: opentelemetry-collector, exporter/internal/otlptext, 0.20 to today. Resource and scope come before
 * their spans. Values may be of several lines: what is no line of the exporter's own goes on with the one before.
 * Not supported: verbosity normal, which leaves out times and parents; metrics and logs, which are skipped.
 */
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { AttributeValue, Resource, Scope, Span } from '../model/span.ts';
import { SPACE } from '../util/bytes.ts';
import { memo } from '../util/memo.ts';
import { durationBetween } from './durations.ts';
import { parseInstant } from './instants.ts';
import { noteMissingIds } from './missing-ids.ts';
import { type AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { PrintedTexts, textValue } from './printed-texts.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { type TextContext, textFormat } from './text-records.ts';

const PRINTED = /^Span #\d+\r?\n {4}Trace ID {2,}: ?[0-9a-f]*\r?$/m;
const LOG_LINE = /^\d{4}-\d\d-\d\dT\S+\s/;
/** The Collector's logger stands before the first line of what is printed. */
const LOGGER = /^\d{4}-\d\d-\d\dT\S+\s.*?\s(?=\w+ #\d+\s*$)/;
const FIRST_LINE = /^(ResourceSpans|ScopeSpans|InstrumentationLibrarySpans|Span) #\d+\s*$/;
/** Of other signals. */
const OTHER_LINE = /^(?:Resource|Scope|InstrumentationLibrary)?(?:Logs?|Metrics?|Profiles?|LogRecord) #\d+/;
/** The logger's fields, after what was printed. */
const LAST_LINE = /^\s*\{"(?:kind|resource|otelcol)\b.*\}\s*$/;
const FIELD_INDENT = '    ';
const FIELD_NAME = /^[A-Z][\w ]*$/;
const ARROW = '-> ';
const SCOPE = /^Instrumentation(?:Scope|Library) (.*) (\S*)$/;
const HEADING = /^(?:[A-Z]\w+ )?(?:[Aa]ttributes|labels|SchemaURL|Events|Links):|^Span(?:Event|Link) #\d+$/;
/** Attributes of an event or a link are indented by ten blanks, what it is itself by five. */
const INNER_INDENT = 10;

export const collectorDebug = textFormat({
  id: 'collector-debug',
  label: 'Collector debug output',
  signs: [PRINTED],
  roleOf(line, record) {
    // Nearly all lines: fields and entries of a record.
    if (record && line.startsWith('    ')) return isLast(line) ? 'ends' : 'goes on';
    if (FIRST_LINE.test(withoutLogger(line))) return 'begins';
    if (!record || LOG_LINE.test(line) || OTHER_LINE.test(line)) return 'foreign';
    return isLast(line) ? 'ends' : 'goes on';
  },
  open() {
    let resource: Resource = { attributes: new Map() };
    let scope: Scope = { name: '', version: '' };
    return (lines, context) => {
      const printed = new Printed();
      const end = isLast(lines[lines.length - 1]) ? lines.length - 1 : lines.length;
      for (let at = 1; at < end; at++) printed.line(lines[at]);
      const kind = FIRST_LINE.exec(withoutLogger(lines[0]))?.[1];
      if (kind === 'Span') return printed.spans({ resource, scope }, context);
      if (kind === 'ResourceSpans') resource = printed.attributes.toResource();
      scope = printed.scope;
      return [];
    };
  },
});

function isLast(line: string): boolean {
  return line.includes('{"') && LAST_LINE.test(line);
}

function withoutLogger(line: string): string {
  return LOG_LINE.test(line) ? line.replace(LOGGER, '') : line;
}

/** A span, a resource or a scope; an event or a link of a span. */
class Part {
  readonly fields = new PrintedTexts();
  /** As printed: `Str(x)`. */
  readonly values = new PrintedTexts();

  get attributes(): AttributeBag {
    return this.values.attributes(valueOf);
  }
}

/** `     -> key: value` */
interface Entry {
  /** Blanks before the arrow. */
  readonly indent: number;
  readonly key: string;
  readonly value: string;
}

/** The key ends with the first colon before a blank or the end. */
const entryOf = memo((line): Entry | null => {
  let indent = 0;
  while (line.charCodeAt(indent) === SPACE) indent++;
  if (indent === 0 || !line.startsWith(ARROW, indent)) return null;
  const from = indent + ARROW.length;
  let colon = line.indexOf(':', from + 1);
  while (colon >= 0 && colon + 1 < line.length && line.charCodeAt(colon + 1) !== SPACE)
    colon = line.indexOf(':', colon + 1);
  return colon < 0 ? null : { indent, key: line.slice(from, colon), value: line.slice(colon + 2) };
});

/** `    Trace ID       : value` */
const fieldOf = memo((line): { readonly name: string; readonly value: string } | null => {
  const colon = line.indexOf(':');
  if (colon < 0 || !line.startsWith(FIELD_INDENT)) return null;
  const name = line.slice(FIELD_INDENT.length, colon).trimEnd();
  const from = line.startsWith(' ', colon + 1) ? colon + 2 : colon + 1;
  return FIELD_NAME.test(name) ? { name, value: line.slice(from) } : null;
});

class Printed {
  scope: Scope = { name: '', version: '' };
  readonly #own = new Part();
  readonly #events: Part[] = [];
  readonly #links: Part[] = [];
  #part = this.#own;
  /** Where a further line of the last value goes. */
  #last: PrintedTexts | null = null;

  get attributes(): AttributeBag {
    return this.#own.attributes;
  }

  line(line: string): void {
    const entry = entryOf(line);
    if (entry) return this.#entry(entry);
    const field = this.#part === this.#own ? fieldOf(line) : null;
    const scope = line.startsWith('Instrumentation') ? SCOPE.exec(line) : null;
    if (field) this.#put(this.#own.fields, field.name, field.value);
    else if (scope) this.scope = { name: scope[1], version: scope[2] };
    else if (HEADING.test(line)) this.#heading(line);
    else this.#last?.addLine(line);
  }

  #entry({ indent, key, value }: Entry): void {
    const isOwnField = this.#part !== this.#own && indent < INNER_INDENT;
    // `-> Attributes::` announces those of an event.
    if (isOwnField && key.startsWith('Attributes')) this.#last = null;
    else this.#put(isOwnField ? this.#part.fields : this.#part.values, key, value);
  }

  #heading(line: string): void {
    this.#last = null;
    if (!line.endsWith(':') && line.startsWith('Span')) {
      this.#part = new Part();
      (line.startsWith('SpanEvent') ? this.#events : this.#links).push(this.#part);
    }
  }

  #put(texts: PrintedTexts, name: string, text: string): void {
    texts.add(name, text);
    this.#last = texts;
  }

  /** null: the file was cut off before its status. */
  spans({ resource, scope }: { resource: Resource; scope: Scope }, { note }: TextContext): Span[] | null {
    const { fields } = this.#own;
    if (fields.get('Status message') === undefined) return null;
    const field = (key: string): string => fields.get(key) ?? '';
    const traceId = traceIdOf(field('Trace ID'));
    const spanId = spanIdOf(field('ID'));
    if (traceId === null || spanId === null) {
      noteMissingIds(note, { traceId, spanId, name: field('Name') });
      return [];
    }
    const startUnixNano = parseInstant(field('Start time'));
    return [
      plainSpan({
        traceId,
        spanId,
        parentSpanId: spanIdOf(field('Parent ID')),
        name: field('Name'),
        kind: parseKind(field('Kind')) ?? 0,
        startUnixNano,
        durationNs: durationBetween(startUnixNano, parseInstant(field('End time'))),
        status: parseStatus(field('Status code')) ?? 0,
        statusMessage: field('Status message'),
        scope,
        resource,
        attributes: this.attributes.put(TRACE_STATE_KEY, field('TraceState')).map,
        events: this.#events.map((event) => ({
          name: event.fields.get('Name') ?? '',
          timeUnixNano: parseInstant(event.fields.get('Timestamp')),
          attributes: event.attributes.map,
        })),
        links: this.#links.flatMap((link) => {
          const linked = {
            traceId: traceIdOf(link.fields.get('Trace ID')),
            spanId: spanIdOf(link.fields.get('ID')),
          };
          return linked.traceId === null || linked.spanId === null
            ? []
            : [{ traceId: linked.traceId, spanId: linked.spanId }];
        }),
      }),
    ];
  }
}

const TYPES: ReadonlyMap<string, Exclude<AttributeValue['type'], 'bool'>> = new Map([
  ['INT', 'int'],
  ['DOUBLE', 'double'],
  ['MAP', 'json'],
  ['SLICE', 'json'],
  ['ARRAY', 'json'],
  ['BYTES', 'bytes'],
]);

const TEXT = 'Str(';
const VALUE = /^(\w+)\(([\s\S]*)\)$/;

/** `Str(x)`, `Int(5)`, `Slice(["a"])`; before 0.53 `STRING(x)`. null: it is empty. */
const valueOf = memo((printed): AttributeValue | null => {
  if (printed.startsWith(TEXT) && printed.endsWith(')')) return textValue(printed.slice(TEXT.length, -1));
  const [, name, value] = VALUE.exec(printed) ?? [];
  if (name === undefined || value === '') return textValue(value ?? printed);
  const type = name.toUpperCase();
  if (type === 'BOOL') return { type: 'bool', value: value === 'true' };
  return { type: TYPES.get(type) ?? 'string', value };
});
