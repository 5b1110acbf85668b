/** Rows of tables that are read from spans, in words. */
import type { Sighting } from '../../model/answers-evidence.ts';
import type { SpanKind } from '../../model/span.ts';
import { SPAN_KINDS } from '../traces/span-kinds.ts';

/** `texts`: as the query that reads the table gives them (Sighting). */
type Words = (...texts: readonly string[]) => string;

const ROWS: Readonly<Record<Sighting['in'], Words>> = {
  stacks: (type, message, _service, frame) =>
    `exception ${[type, message].filter(Boolean).join(': ')}${frame === undefined ? '' : ` at ${frame}`}`,
  code: (code, place) =>
    code === '' && place === '' ? 'the calling span does not say its code' : `called by ${code || place}`,
  methods: (name, kind, code) =>
    `spans ${name || '(no name)'}, ${SPAN_KINDS[Number(kind) as SpanKind] ?? kind}${code ? `, ${code}` : ''}`,
  pages: (page) => `from page ${page}`,
  proxies: (proxy, sign, where) => `proxy ${proxy}: ${sign}, ${where}`,
  headers: () => 'request headers were recorded',
};

const NOTHING: Readonly<Record<Sighting['in'], string>> = {
  stacks: 'no exception with a stack',
  code: 'without a calling span in the data',
  methods: 'no span',
  pages: 'no page is known',
  proxies: 'no sign of a proxy',
  headers: 'no request header was recorded',
};

export function describeSighting({ in: table, as }: Sighting): string {
  return as.length === 0 ? NOTHING[table] : ROWS[table](...as);
}
