/**
 * How many spans of the whole one span of the data stands for (SEMANTICS §9, docs/semantics.md, Sampling).
 * Readers keep what a format says of it as attributes.
 */
import type { AttributeField } from '../model/attribute-keys.ts';
import { perText, perTextPair } from './dataset-texts.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';

/** Digits of an OpenTelemetry threshold: 56 bits. */
const THRESHOLD_DIGITS = 14;
const THRESHOLD_RANGE = 2n ** 56n;
/** Of the legacy `p`; 63 stands for "unknown". */
const GREATEST_P = 62;

/** null: says nothing of it. */
type Factor = (text: string) => number | null;

/** Of the whole trace, so that spans without it inherit it. */
const OF_THE_TRACE: Readonly<Partial<Record<AttributeField, Factor>>> = {
  traceState: ofTraceState,
  samplingThreshold: (text) => (/^\d{1,17}$/.test(text) ? ofThreshold(BigInt(text)) : null),
  samplingRatio: ofCount,
  representativeCount: (text) => (numberIn(text) === 0 ? 0 : ofCount(text)),
  samplingRate: ofProbability,
  samplingRuleRate: ofProbability,
  samplingLimitRate: ofProbability,
};
/** Of this record alone: one record for several equal operations. */
const OF_THE_RECORD: Readonly<Partial<Record<AttributeField, Factor>>> = {
  recordCount: ofCount,
  spanSamplingRate: ofProbability,
};

/** By row of the span table; null: no span stands for another number than one. */
export function spanWeights(table: SpanTable, parent: Int32Array, order: Uint32Array): Float64Array | null {
  const fields = [...Object.keys({ ...OF_THE_TRACE, ...OF_THE_RECORD }), 'samplerType'] as AttributeField[];
  if (!table.sets.hasField(fields)) return null;
  const told = productReader(table, OF_THE_TRACE);
  const decided = samplerReader(table);
  const sampled = (row: number): number | null => product(told(row), decided(row));
  const recorded = productReader(table, OF_THE_RECORD);
  const inherited = new Float64Array(table.count).fill(1);
  // Parents come before their children.
  for (const row of order) {
    const above = parent[row] === NONE ? 1 : inherited[parent[row]];
    inherited[row] = sampled(row) ?? above;
  }
  for (const row of order) inherited[row] *= recorded(row) ?? 1;
  return inherited.some((weight) => weight !== 1) ? inherited : null;
}

/** The product of what is said; null: nothing is. */
function product(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : one * other;
}

/** Jaeger's: of the other types the parameter is no part of the whole. */
function samplerReader(table: SpanTable): (row: number) => number | null {
  const factor = perTextPair((type, param) => {
    if (type === 'const') return 1;
    return type === 'probabilistic' ? ofProbability(param) : null;
  }, table.texts);
  return (row) => {
    const type = table.value(row, 'samplerType');
    return type === 0 ? null : factor(type, table.value(row, 'samplerParam'));
  };
}

/** The product of what the sources say of a span; null: none says anything. */
function productReader(
  table: SpanTable,
  sources: Readonly<Partial<Record<AttributeField, Factor>>>,
): (row: number) => number | null {
  const readers = (Object.entries(sources) as [AttributeField, Factor][]).map(
    ([field, factor]) => [field, perText(factor, table.texts)] as const,
  );
  return (row) => {
    let all: number | null = null;
    for (const [field, factor] of readers) {
      const text = table.value(row, field);
      if (text !== 0) all = product(all, factor(text));
    }
    return all;
  };
}

/** W3C tracestate, its OpenTelemetry part: `ot=th:fd70a4;rv:…`, or the older `ot=p:2;r:5`. */
function ofTraceState(text: string): number | null {
  const ours = text
    .split(',')
    .map((entry) => entry.trim())
    .find((entry) => entry.startsWith('ot='));
  const values = new Map(
    (ours ?? '')
      .slice('ot='.length)
      .split(';')
      .map((pair): [string, string] => {
        const colon = pair.indexOf(':');
        return [pair.slice(0, Math.max(0, colon)), pair.slice(colon + 1)];
      }),
  );
  const threshold = values.get('th') ?? '';
  if (/^[0-9a-f]{1,14}$/.test(threshold)) {
    return ofThreshold(BigInt(`0x${threshold.padEnd(THRESHOLD_DIGITS, '0')}`));
  }
  const p = values.get('p') ?? '';
  return /^\d{1,2}$/.test(p) && Number(p) <= GREATEST_P ? 2 ** Number(p) : null;
}

function ofThreshold(threshold: bigint): number | null {
  if (threshold >= THRESHOLD_RANGE) return null;
  return Number(THRESHOLD_RANGE) / Number(THRESHOLD_RANGE - threshold);
}

/** N of "one of N was kept", or "one record for N". */
function ofCount(text: string): number | null {
  const count = numberIn(text);
  return count !== null && count >= 1 ? count : null;
}

/** The part that was kept. */
function ofProbability(text: string): number | null {
  const kept = numberIn(text);
  return kept !== null && kept > 0 && kept <= 1 ? 1 / kept : null;
}

function numberIn(text: string): number | null {
  const number = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}
