import type { SpanTable } from './span-table.ts';
import { mix } from './trace-index.ts';

/**
 * Names a dataset by its content: a 128-bit sum of a hash of each span's identity and times, so that
 * the same spans give the same fingerprint whatever the order, compression or split into files.
 * Trace ids count by their lower half, which tools that shorten them keep. 32 hex digits.
 */
export function fingerprintOf(table: SpanTable): string {
  const services = table.resourceTable.services.map(({ namespace, name }) =>
    textHash(`${namespace}\0${name}`),
  );
  const sums = new Float64Array(4);
  const bits = new DataView(new ArrayBuffer(8));
  for (let row = 0; row < table.count; row++) {
    if (!table.primary[row]) continue;
    const [low1, low2] = table.traceIndex.lowHalf(table.trace[row]);
    bits.setFloat64(0, table.durations[row]);
    const words = [
      low1,
      low2,
      table.spanIds[row * 2],
      table.spanIds[row * 2 + 1],
      table.starts[row * 2],
      table.starts[row * 2 + 1],
      bits.getUint32(0),
      bits.getUint32(4),
      services[table.service(row)],
      table.isClientLike(row) ? 1 : 2,
    ];
    for (let lane = 0; lane < 4; lane++) {
      let hash = 0x811c9dc5 + lane;
      for (const word of words) hash = mix(hash, word);
      sums[lane] = (sums[lane] + (hash >>> 0)) % 4_294_967_296;
    }
  }
  return Array.from(sums, (sum) => sum.toString(16).padStart(8, '0')).join('');
}

function textHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
}
