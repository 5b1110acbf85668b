import { FLAG_KIND_MASK, FLAG_PARTIAL } from '../columns/segment.ts';
import { KIND_CLIENT, KIND_PRODUCER } from '../model/span.ts';
import type { SegmentFacts } from './fact-columns.ts';
import type { ResourceTable } from './resource-table.ts';
import type { SpanTable } from './span-table.ts';
import { mix } from './trace-index.ts';

const LANES = 4;
const TWO_32 = 4_294_967_296;
const CLIENT_SIDE = 1;
const SERVER_SIDE = 2;

/**
 * Names a dataset by its content: a 128-bit sum of a hash of each span's identity and times, so that
 * the same spans give the same fingerprint whatever the order, compression or split into files.
 * Trace ids count by their lower half, which tools that shorten them keep.
 */
export class Fingerprint {
  readonly #resources: ResourceTable;
  readonly #sums = new Float64Array(LANES);
  /** By number of the service. */
  readonly #serviceHashes: number[] = [];
  readonly #duration = new Float64Array(1);
  readonly #durationBits = new Uint32Array(this.#duration.buffer);

  constructor(resources: ResourceTable) {
    this.#resources = resources;
  }

  /** Adds all records of a segment that do not only add to a span, as if each were one. */
  addRecords(facts: SegmentFacts): void {
    const { spanCount, traces, traceIds, spanIds, starts, durations, flags, resources } = facts;
    for (let row = 0; row < spanCount; row++) {
      if (flags[row] & FLAG_PARTIAL) continue;
      const at = row * 2;
      const kind = flags[row] & FLAG_KIND_MASK;
      const side = kind === KIND_CLIENT || kind === KIND_PRODUCER ? CLIENT_SIDE : SERVER_SIDE;
      const who = this.#hashOfService(this.#resources.service(resources[row])) + side;
      const trace = traces[row] * 4;
      const where = mix(traceIds[trace + 2], traceIds[trace + 3]);
      const when = mix(mix(starts[at], starts[at + 1]), this.#hashOfDuration(durations[row]));
      this.#add(mix(who, mix(spanIds[at], spanIds[at + 1])), where, when, spanIds[at + 1]);
    }
  }

  addSpans(table: SpanTable): void {
    const { spanIds, starts, durations, primary, trace, traceIndex } = table;
    for (let row = 0; row < table.count; row++) {
      if (!primary[row]) continue;
      const at = row * 2;
      const side = table.isClientLike(row) ? CLIENT_SIDE : SERVER_SIDE;
      const who = this.#hashOfService(table.service(row)) + side;
      const where = mix(traceIndex.lowWord(trace[row]), traceIndex.lastWord(trace[row]));
      const when = mix(mix(starts[at], starts[at + 1]), this.#hashOfDuration(durations[row]));
      this.#add(mix(who, mix(spanIds[at], spanIds[at + 1])), where, when, spanIds[at + 1]);
    }
  }

  /** 32 hex digits. */
  toString(): string {
    return Array.from(this.#sums, (sum) => sum.toString(16).padStart(8, '0')).join('');
  }

  #add(who: number, where: number, when: number, idLo: number): void {
    const sums = this.#sums;
    for (let lane = 0; lane < LANES; lane++) {
      sums[lane] += mix(mix(who + lane, where), mix(when, idLo + lane)) >>> 0;
      if (sums[lane] >= TWO_32) sums[lane] -= TWO_32;
    }
  }

  #hashOfService(service: number): number {
    const known = this.#serviceHashes[service];
    if (known !== undefined) return known;
    const { namespace, name } = this.#resources.services[service];
    return (this.#serviceHashes[service] = textHash(`${namespace}\0${name}`));
  }

  #hashOfDuration(ns: number): number {
    this.#duration[0] = ns;
    return mix(this.#durationBits[1], this.#durationBits[0]);
  }
}

function textHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
}
