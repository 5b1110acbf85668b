/**
 * Spans as .NET's ConsoleExporter prints them, a block of lines each (FORMATS.md §3.29):
 * opentelemetry-dotnet, src/OpenTelemetry.Exporter.Console/ConsoleActivityExporter.cs, 1.0 to 1.15.
 * Values may be of several lines (stack traces, SQL): what is no line of the block's own goes on with the one before.
 * Not supported: its metrics and log records, which are skipped; times of events in another notation than US or ISO.
 */
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { Span, SpanLink } from '../model/span.ts';
import { memo } from '../util/memo.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { noteMissingIds } from './missing-ids.ts';
import { plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { PrintedTexts, textValue } from './printed-texts.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { textFormat, type TextContext } from './text-records.ts';

/** Until 1.2 the ids stand in one W3C `Activity.Id`. */
const FIRST_LINE = /^Activity\.(?:TraceId: +[0-9a-f]{32}|Id: +00-[0-9a-f]{32}-[0-9a-f]{16}-\S+)\s*$/;
const FIRST_LINES = new RegExp(FIRST_LINE.source, 'm');
const RESOURCE = 'Resource associated with Activity:';
const OF_ACTIVITY = 'Activity.';
const FIELD = /^Activity\.(\w+): *(.*)$/;
const STATUS = /^(?: {4})?StatusCode: *(Unset|Ok|Error|UNSET|OK|ERROR)$/;
const STATUS_DESCRIPTION = /^(?: {4})?(?:Activity\.)?StatusDescription: *(.*)$/;
const INDENT = ' '.repeat(4);
const INNER_INDENT = ' '.repeat(8);
const ENTRY_KEY = /^[^\s:]+(?::[^\s:]+)*$/;
const EVENT = /^ {4}(\S.*) \[([^\]]+)\]$/;
const LINK = /^ {4}([0-9a-f]{32}) ([0-9a-f]{16})$/;
const W3C_ID = /^00-([0-9a-f]{32})-([0-9a-f]{16})-/;

type Section = 'fields' | 'tags' | 'events' | 'links' | 'scope' | 'resource';

const SECTIONS: ReadonlyMap<string, Section> = new Map<string, Section>([
  ['Activity.Tags:', 'tags'],
  ['Activity.TagObjects:', 'tags'],
  ['Activity.Events:', 'events'],
  ['Activity.Links:', 'links'],
  ['Instrumentation scope (ActivitySource):', 'scope'],
  [RESOURCE, 'resource'],
]);

export const dotnetConsole = textFormat({
  id: 'dotnet-console',
  label: '.NET console spans',
  signs: [FIRST_LINES],
  roleOf(line, record) {
    if (line.startsWith(OF_ACTIVITY) && FIRST_LINE.test(line)) return 'begins';
    if (!record) return 'foreign';
    // The resource comes last; before it an empty line may be one of a value's.
    return line === '' && record.includes(RESOURCE) ? 'ends' : 'goes on';
  },
  open: () => (lines, context) => {
    const resourceAt = lines.indexOf(RESOURCE);
    // Without a resource nothing says whether an empty line is the last: in the first versions it is taken to be.
    const end =
      resourceAt < 0 && !lines[0].startsWith('Activity.Id') ? -1 : lines.indexOf('', Math.max(0, resourceAt));
    const block = new Block();
    for (const line of lines.slice(0, end < 0 ? lines.length : end)) block.line(line);
    const isCut = end < 0 && block.texts.resource.isEmpty;
    return isCut ? null : block.spans(context);
  },
});

interface Entry {
  readonly key: string;
  readonly value: string;
}

/** Lines come again and again. */
const outerEntryOf = memo((line) => entryOf(line, INDENT));
const innerEntryOf = memo((line) => entryOf(line, INNER_INDENT));

/** `key: value` after the indent; the key has no blanks, and its value may be missing. */
function entryOf(line: string, indent: string): Entry | null {
  if (!line.startsWith(indent)) return null;
  const blank = line.indexOf(' ', indent.length);
  const keyEnd = (blank < 0 ? line.length : blank) - 1;
  if (!line.startsWith(':', keyEnd)) return null;
  const key = line.slice(indent.length, keyEnd);
  return ENTRY_KEY.test(key) ? { key, value: blank < 0 ? '' : line.slice(blank + 1) } : null;
}

interface PrintedEvent {
  readonly name: string;
  readonly time: string;
  readonly attributes: PrintedTexts;
}

/** One printed activity. */
class Block {
  readonly texts = {
    fields: new PrintedTexts(),
    tags: new PrintedTexts(),
    scope: new PrintedTexts(),
    resource: new PrintedTexts(),
  };
  readonly #events: PrintedEvent[] = [];
  readonly #links: SpanLink[] = [];
  #section: Section = 'fields';
  /** Where a further line of the last value goes. */
  #last: PrintedTexts | null = null;

  line(line: string): void {
    const section = line.endsWith(':') ? SECTIONS.get(line) : undefined;
    if (section) {
      this.#section = section;
      this.#last = null;
    } else if (!this.#own(line)) this.#last?.addLine(line);
  }

  /** False: it is not of the section's form. */
  #own(line: string): boolean {
    const { fields } = this.texts;
    if (line.includes('Status')) {
      const status = STATUS.exec(line);
      if (status) return this.#put(fields, 'StatusCode', status[1]);
      const description = STATUS_DESCRIPTION.exec(line);
      if (description) return this.#put(fields, 'StatusDescription', description[1]);
    }
    const field = line.startsWith(OF_ACTIVITY) ? FIELD.exec(line) : null;
    if (field) return this.#put(fields, field[1], field[2]);
    if (this.#section === 'events') return this.#ofEvents(line);
    if (this.#section === 'links') return this.#ofLinks(line);
    const entry = outerEntryOf(line);
    return entry !== null && this.#put(this.texts[this.#section], entry.key, entry.value);
  }

  #ofEvents(line: string): boolean {
    const attribute = innerEntryOf(line);
    const owner = this.#events.at(-1);
    if (attribute && owner) return this.#put(owner.attributes, attribute.key, attribute.value);
    const event = EVENT.exec(line);
    if (!event) return false;
    this.#events.push({ name: event[1], time: event[2], attributes: new PrintedTexts() });
    this.#last = null;
    return true;
  }

  #ofLinks(line: string): boolean {
    const link = LINK.exec(line);
    if (link) this.#links.push({ traceId: link[1], spanId: link[2] });
    this.#last = null;
    return true;
  }

  #put(texts: PrintedTexts, name: string, text: string): boolean {
    texts.add(name, text);
    this.#last = texts;
    return true;
  }

  #ids(): { traceId: string | null; spanId: string | null; parentSpanId: string | null } {
    const { fields } = this.texts;
    const [, trace, span] = W3C_ID.exec(fields.get('Id') ?? '') ?? [];
    const parent = W3C_ID.exec(fields.get('ParentId') ?? '')?.[2];
    return {
      traceId: traceIdOf(fields.get('TraceId') ?? trace),
      spanId: spanIdOf(fields.get('SpanId') ?? span),
      parentSpanId: spanIdOf(fields.get('ParentSpanId') ?? parent),
    };
  }

  spans({ note }: TextContext): Span[] {
    const { fields, tags, scope, resource } = this.texts;
    const { traceId, spanId, parentSpanId } = this.#ids();
    const name = fields.get('DisplayName') ?? '';
    if (traceId === null || spanId === null) {
      noteMissingIds(note, { traceId, spanId, name });
      return [];
    }
    return [
      plainSpan({
        traceId,
        spanId,
        parentSpanId,
        name,
        kind: parseKind(fields.get('Kind') ?? '') ?? 0,
        startUnixNano: parseInstant(fields.get('StartTime')),
        durationNs: parseDuration(fields.get('Duration'), 'ms'),
        status: parseStatus(fields.get('StatusCode') ?? '') ?? 0,
        statusMessage: fields.get('StatusDescription') ?? '',
        scope: {
          name: scope.get('Name') ?? fields.get('ActivitySourceName') ?? '',
          version: scope.get('Version') ?? '',
        },
        resource: resource.attributes(textValue).toResource(),
        attributes: tags.attributes(textValue).put(TRACE_STATE_KEY, fields.get('TraceState')).map,
        events: this.#events.map(({ name: event, time, attributes }) => ({
          name: event,
          timeUnixNano: parseInstant(time),
          attributes: attributes.attributes(textValue).map,
        })),
        links: this.#links,
      }),
    ];
  }
}
