import type { SpansNearEpoch } from '../model/import-choice.ts';
import { describeCountOf, describeInstant } from '../util/text.ts';

/** Spans whose times tell no date, in a sentence. */
export function describeNearEpoch({ count, first }: SpansNearEpoch): string {
  const spans = count === 1 ? '1\u00a0span starts' : `${describeCountOf(count, 'span')} start`;
  const example = `${count === 1 ? '' : 'the first '}“${first.name}” of trace ${first.traceId}`;
  return `${spans} in 1970 (${example}, at ${describeInstant(first.start)}): the clock was not set, or the times are in another unit than the format says. They count like all others.`;
}
