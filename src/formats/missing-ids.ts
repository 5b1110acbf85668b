/** A span that cannot be placed in a trace: which of its ids is missing. */
import type { ImportNote } from '../model/dataset.ts';

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
