/**
 * Wavefront's (VMware Aria Operations for Applications') spans: the lines that its SDKs and proxies send, and traces
 * as its UI and its API give them.
 * https://docs.wavefront.com/trace_data_details.html (Wavefront span format).
 * Not supported: span logs, which are documents beside the lines.
 */
import * as z from 'zod/mini';
import { type Json, listOf, ownValue, textOf } from './json-value.ts';
import { hasKeys, recordFormat } from './record-format.ts';
import { textFormat } from './text-records.ts';
import { wavefrontSpan } from './wavefront-span.ts';

const schema = z.object({ startMs: z.union([z.number(), z.string()]) });

export const wavefront = recordFormat({
  id: 'wavefront',
  label: 'Wavefront traces',
  matches: (head) =>
    hasKeys(head, ['spans[].startMs', 'spans[].durationMs', 'spans[].annotations'], ['', 'traces[].']),
  lists: ['spans', 'traces[].spans'],
  schema,
  open:
    () =>
    ({ startMs }, context) => {
      const at = (key: string): Json | undefined => ownValue(context.raw, key);
      return wavefrontSpan(
        {
          name: textOf(at('name')) ?? '',
          startMs,
          durationMs: at('durationMs'),
          tags: [
            ['traceId', at('traceId')],
            ['spanId', at('spanId')],
            ['source', at('host')],
            ...listOf(at('annotations')).flatMap(tagsIn),
          ],
        },
        context,
      );
    },
});

/** `{"service":"gateway"}`, or `{"key":"service","value":"gateway"}`. */
function tagsIn(annotation: Json): (readonly [key: string, value: unknown])[] {
  const key = textOf(ownValue(annotation, 'key'));
  if (key !== undefined) return [[key, ownValue(annotation, 'value')]];
  return Object.entries(annotation ?? {});
}

const SPAN_LINE =
  /^(?:"(?:[^"\\]|\\.)*"|\S+)(?: +"?[\w.~-]+"?=(?:"(?:[^"\\]|\\.)*"|\S+))+ +\d{10,19} +\d+\s*$/;
/** Of a span, among lines of metrics. */
const SIGN = /^.* "?traceId"?="?[0-9a-f-]{32,36}"? .* \d{10,19} \d+\s*$/m;
const TAG = /(?:^| )"?([\w.~-]+)"?=(?:"((?:[^"\\]|\\.)*)"|(\S+))/g;

export const wavefrontLines = textFormat({
  id: 'wavefront-lines',
  label: 'Wavefront span lines',
  signs: [SIGN],
  roleOf: (line) => (SPAN_LINE.test(line) ? 'begins' : 'foreign'),
  open:
    () =>
    ([line], context) => {
      const name = /^(?:"((?:[^"\\]|\\.)*)"|(\S+)) /.exec(line);
      const times = / (\d+) +(\d+)\s*$/.exec(line);
      const tags = line.slice(name?.[0].length ?? 0).matchAll(TAG);
      return wavefrontSpan(
        {
          name: unquoted(name?.[1] ?? name?.[2] ?? ''),
          startMs: times?.[1],
          durationMs: times?.[2],
          tags: [...tags].map(([, key, quoted, bare]) => [key, unquoted(quoted ?? bare ?? '')]),
        },
        context,
      );
    },
});

function unquoted(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
