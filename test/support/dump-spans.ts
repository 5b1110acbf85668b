/** A reading as short text: what it is, its notes, one line per span. What the .expected.txt files hold. */
import type { AttributeValue, Attributes, Span } from '../../src/model/span.ts';
import type { Reading } from './read-bytes.ts';

const KINDS = ['', ' internal', ' server', ' client', ' producer', ' consumer'];
const STATUSES = ['', ' ok', ' ERROR'];
const MARKS = { string: '', json: 'json ', bytes: 'bytes ', int: 'int ', double: 'double ', bool: 'bool ' };

export function dumpReading({ plan, spans, notes }: Reading): string {
  if (plan.refusal !== null) return `${plan.refusal}\n`;
  const noted = notes.map(
    ({ code, effect, count, line, message }) =>
      `note ${code} (${effect}) ×${count}, line ${line}: ${message}`,
  );
  return [plan.format, ...noted, ...spans.map(dumpSpan)].join('\n') + '\n';
}

export function dumpSpan(span: Span): string {
  const { scope, resource, attributes, events, links } = span;
  const own = resource.attributes.get('service.name');
  const others = new Map([...resource.attributes].filter(([key]) => key !== 'service.name'));
  const duration = span.durationNs === null ? 'no end' : `+${span.durationNs}`;
  return [
    `${own ? String(own.value) : '?'}${dumpAttributes(others)} “${quote(span.name)}”`,
    `${KINDS[span.kind]}${span.shared ? ' shared' : ''}${span.partial ? ' partial' : ''}${STATUSES[span.status]}${span.statusMessage && ` “${quote(span.statusMessage)}”`}`,
    ` ${short(span.traceId)}/${short(span.spanId)}${span.parentSpanId ? `<${short(span.parentSpanId)}` : ''}`,
    ` ${span.startUnixNano ?? 'no start'} ${duration}`,
    scope.name + scope.version && ` [${scope.name} ${scope.version}]`,
    dumpAttributes(attributes),
    ...events.map(
      (event) =>
        ` event “${quote(event.name)}” ${event.timeUnixNano ?? 'no time'}${dumpAttributes(event.attributes)}`,
    ),
    ...links.map((link) => ` link ${short(link.traceId)}/${short(link.spanId)}`),
  ].join('');
}

function dumpAttributes(attributes: Attributes): string {
  if (attributes.size === 0) return '';
  return ` {${[...attributes].map(([key, value]) => `${quote(key)}=${dumpValue(value)}`).join(', ')}}`;
}

function dumpValue({ type, value }: AttributeValue): string {
  return `${MARKS[type]}${quote(String(value))}`;
}

function quote(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Ids without their leading zeros. */
function short(id: string): string {
  return id.replace(/^0+/, '');
}
