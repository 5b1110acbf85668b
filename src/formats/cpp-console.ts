/**
 * Spans as C++'s OStreamSpanExporter prints them, and PHP's extension, which is built on it:
 * opentelemetry-cpp, exporters/ostream/src/span_exporter.cc, 0.2 to 1.22. A block in braces each; names of fields are
 * filled up to 14 characters, those of attributes are not. How lines are indented does not matter.
 * Not supported: its metrics and log records, which are skipped.
 */
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { Attributes, Span } from '../model/span.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { noteMissingIds } from './missing-ids.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { textFormat, type TextContext } from './text-records.ts';

const PRINTED = /^\s*name {10}:.*\r?\n\s*trace_id {6}: ?[0-9a-f]{32}\s*$/m;
const FIELD = /^\s*(?=.{14}:)([a-z]+(?:[ _-][a-z]+)*) *: ?(.*)$/;
const FIELDS = new Set([
  'name',
  'trace_id',
  'span_id',
  'tracestate',
  'parent_span_id',
  'start',
  'duration',
  'description',
  'span kind',
  'status',
  'attributes',
  'events',
  'links',
  'resources',
  'instr-lib',
  'timestamp',
]);
const ENTRY = /^\s*([^\s:]+(?::[^\s:]+)*): ?(.*)$/;
const BEGIN = /(^\s*|")\{\s*$/;
const END = /^\s*\}\s*$/;

export const cppConsole = textFormat({
  id: 'cpp-console',
  label: 'C++ console spans',
  signs: [PRINTED],
  roleOf(line, record) {
    if (!record) return BEGIN.test(line) ? 'begins' : 'foreign';
    return END.test(line) && depthOf(record) === 1 ? 'ends' : 'goes on';
  },
  open: () => (lines, context) => {
    if (depthOf(lines) > 0) return null;
    const block = new Block();
    for (const line of lines.slice(1, -1)) block.line(line);
    return block.spans(context);
  },
});

/** Braces that are open. */
function depthOf(record: readonly string[]): number {
  return record.reduce((depth, line) => depth + (BEGIN.test(line) ? 1 : END.test(line) ? -1 : 0), 0);
}

/** The span itself, or one of its events or links. */
class Part {
  readonly fields = new Map<string, string>();
  readonly attributes = new Map<string, string>();
}

class Block {
  readonly #span = new Part();
  readonly #resource = new Map<string, string>();
  readonly #parts: Readonly<Record<'events' | 'links', Part[]>> = { events: [], links: [] };
  #list: Part[] = this.#parts.events;
  #part = this.#span;
  #entries = this.#span.attributes;
  /** Where a further line of the last value goes. */
  #last: { readonly map: Map<string, string>; readonly key: string } | null = null;

  line(line: string): void {
    if (BEGIN.test(line)) this.#list.push((this.#part = new Part()));
    else if (END.test(line)) this.#part = this.#span;
    else this.#content(line);
  }

  #content(line: string): void {
    const field = FIELD.exec(line.replaceAll('\t', ''));
    const entry = ENTRY.exec(line);
    if (field && FIELDS.has(field[1])) this.#field(field[1], field[2]);
    else if (entry) this.#put(this.#entries, entry[1], entry[2]);
    else if (this.#last) {
      const { map, key } = this.#last;
      map.set(key, `${map.get(key) ?? ''}\n${line}`);
    }
  }

  #field(name: string, value: string): void {
    if (name === 'events' || name === 'links') this.#list = this.#parts[name];
    if (name === 'attributes') this.#entries = this.#part.attributes;
    if (name === 'resources') this.#entries = this.#resource;
    this.#put(this.#part.fields, name, value);
  }

  #put(map: Map<string, string>, key: string, value: string): void {
    if (!map.has(key)) map.set(key, value.trimEnd());
    this.#last = { map, key };
  }

  spans({ note }: TextContext): Span[] {
    const { fields, attributes } = this.#span;
    const name = fields.get('name') ?? '';
    const ids = idsOf(this.#span);
    if (ids.traceId === null || ids.spanId === null) {
      if (fields.size === 0)
        note('not-a-span', 'skipped', 'Blocks in braces that are no spans were left out.');
      else noteMissingIds(note, { ...ids, name });
      return [];
    }
    return [
      plainSpan({
        traceId: ids.traceId,
        spanId: ids.spanId,
        parentSpanId: spanIdOf(fields.get('parent_span_id')),
        name,
        kind: parseKind(fields.get('span kind') ?? '') ?? 0,
        startUnixNano: parseInstant(fields.get('start'), 'ns'),
        durationNs: parseDuration(fields.get('duration'), 'ns'),
        status: parseStatus(fields.get('status') ?? '') ?? 0,
        statusMessage: fields.get('description') ?? '',
        scope: scopeOf(fields.get('instr-lib') ?? ''),
        resource: { attributes: attributesOf(this.#resource) },
        attributes: new AttributeBag()
          .putValues(attributesOf(attributes))
          .put(TRACE_STATE_KEY, fields.get('tracestate')).map,
        events: this.#parts.events.map((event) => ({
          name: event.fields.get('name') ?? '',
          timeUnixNano: parseInstant(event.fields.get('timestamp'), 'ns'),
          attributes: attributesOf(event.attributes),
        })),
        links: this.#parts.links.flatMap((link) => {
          const { traceId, spanId } = idsOf(link);
          return traceId === null || spanId === null ? [] : [{ traceId, spanId }];
        }),
      }),
    ];
  }
}

function idsOf({ fields }: Part): { traceId: string | null; spanId: string | null } {
  return { traceId: traceIdOf(fields.get('trace_id')), spanId: spanIdOf(fields.get('span_id')) };
}

/** `http-server-1.22.0`: the version follows the name. */
function scopeOf(text: string): Span['scope'] {
  const [, name = text, version = ''] = /^(.*)-(\d+\.\d[\w.+-]*)$/.exec(text) ?? [];
  return { name, version };
}

function attributesOf(texts: ReadonlyMap<string, string>): Attributes {
  const bag = new AttributeBag();
  for (const [key, value] of texts) bag.put(key, value);
  return bag.map;
}
