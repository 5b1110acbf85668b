/**
 * AWS X-Ray: batch-get-traces, the console's raw data, bare segment documents (put-trace-segments, the daemon).
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 * Not supported: trace summaries and service graphs (they hold no spans).
 */
import * as z from 'zod/mini';
import { decodeBytes } from '../util/bytes.ts';
import { isObject, isOptionalScalar, isOptionalText, type Json, ownValue } from './json-value.ts';
import { parseTextExactly } from './parse-text.ts';
import { hasKeys, recordFormat } from './record-format.ts';
import { xraySpans, XraySegmentBook } from './xray-segment.ts';

const schema = z.object({
  id: z.string(),
  trace_id: z.string(),
  name: z.optional(z.string()),
  start_time: z.optional(z.union([z.number(), z.string()])),
});
type XrayDocument = z.infer<typeof schema>;
/** Others have the same names, but dates beneath them. */
const IN_SECONDS = /"start_time"\s*:\s*"?[\d.]+(?:e\+?\d+)?"?\s*[,}\r\n]/i;

export const xray = recordFormat<XrayDocument>({
  id: 'aws-xray',
  label: 'AWS X-Ray',
  matches: (head) =>
    hasKeys(head, ['Segments[].Document'], ['', 'Traces[].']) ||
    hasKeys(head, ['Document', 'Id']) ||
    (hasKeys(head, ['id', 'trace_id', 'start_time', 'name']) &&
      !hasKeys(head, ['span_id|spans']) &&
      IN_SECONDS.test(decodeBytes(head.bytes))),
  lists: ['Traces[].Segments', 'Segments'],
  jsonTexts: ['Document'],
  inOrder: true,
  unwrap: unwrapDocument,
  schema,
  quick: (record) => {
    if (!isObject(record)) return undefined;
    const { id, trace_id, name, start_time } = record;
    if (typeof id !== 'string' || typeof trace_id !== 'string') return undefined;
    return isOptionalText(name) && isOptionalScalar(start_time)
      ? { id, trace_id, name, start_time }
      : undefined;
  },
  open: () => {
    const book = new XraySegmentBook();
    return (_record, context) => xraySpans(context, book);
  },
});

/**
 * `Document` is JSON as text, and still one where that is not sound; the console has it as an object. undefined: the
 * daemon's header, an empty trace.
 */
function unwrapDocument(record: Json): Json | undefined {
  const document = ownValue(record, 'Document');
  if (typeof document === 'string') return parseTextExactly(document);
  if (isObject(document)) return document;
  const isHeader = ownValue(record, 'format') !== undefined && ownValue(record, 'version') !== undefined;
  const isTrace =
    Array.isArray(ownValue(record, 'Segments')) || ownValue(record, 'UnprocessedTraceIds') !== undefined;
  return isHeader || isTrace ? undefined : record;
}
