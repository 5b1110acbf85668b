/** A span that cannot be placed in a trace: which of its ids is missing. */
import type { ImportNote } from '../model/dataset.ts';
import { textOf } from './json-value.ts';
import type { RecordContext } from './record-format.ts';

const LONGEST_NAME = 80;

/** One note for each case, so that each is counted and its first example kept. An id of zeros is none. */
export function describeMissingIds(
  hasTraceId: boolean,
  hasSpanId: boolean,
  spanId = 'span id',
): Pick<ImportNote, 'code' | 'message'> {
  const [code, missing] = hasTraceId
    ? ['no-span-id', spanId]
    : hasSpanId
      ? ['no-trace-id', 'trace id']
      : ['no-id', `trace id and ${spanId}`];
  return { code, message: `A span without ${missing} cannot be placed in a trace.` };
}

/** Rejects a record for this; `name` is what the span is called, if the record says so. */
export function noteMissingIds(
  note: RecordContext['note'],
  ids: { readonly traceId: unknown; readonly spanId: unknown; readonly name?: unknown },
): void {
  const { code, message } = describeMissingIds(ids.traceId !== null, ids.spanId !== null);
  const name = textOf(ids.name);
  note(
    code,
    'rejected',
    name === undefined ? message : `${message.slice(0, -1)}: “${name.slice(0, LONGEST_NAME)}”.`,
  );
}
