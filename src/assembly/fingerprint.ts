import type { SpanTable } from './span-table.ts';
import { mix } from './trace-index.ts';

const LANES = 4;
const TWO_32 = 4_294_967_296;

/**
 * Names a dataset by its content: a 128-bit sum of a hash of each span's identity and times, so that
 * the same spans give the same fingerprint whatever the order, compression or split into files.
 * Trace ids count by their lower half, which tools that shorten them keep. 32 hex digits.
 */
export function fingerprintOf(table: SpanTable): string {
  const { spanIds, starts, durations, primary, trace, traceIndex } = table;
  const services = table.resourceTable.services.map(({ namespace, name }) =>
    textHash(`${namespace}\0${name}`),
  );
  const duration = new Float64Array(1);
  const bits = new Uint32Array(duration.buffer);
  const sums = new Float64Array(LANES);
  for (let row = 0; row < table.count; row++) {
    if (!primary[row]) continue;
    const at = row * 2;
    duration[0] = durations[row];
    const side = table.isClientLike(row) ? 1 : 2;
    const who = mix(services[table.service(row)] + side, mix(spanIds[at], spanIds[at + 1]));
    const where = mix(traceIndex.lowWord(trace[row]), traceIndex.lastWord(trace[row]));
    const when = mix(mix(starts[at], starts[at + 1]), mix(bits[1], bits[0]));
    for (let lane = 0; lane < LANES; lane++) {
      sums[lane] += mix(mix(who + lane, where), mix(when, spanIds[at + 1] + lane)) >>> 0;
      if (sums[lane] >= TWO_32) sums[lane] -= TWO_32;
    }
  }
  return Array.from(sums, (sum) => sum.toString(16).padStart(8, '0')).join('');
}

function textHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
}
