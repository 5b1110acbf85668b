/** Spans of which some say how many they stand for. */
import fc from 'fast-check';
import type { AttributeValue, Span } from '../../src/model/span.ts';

/** Of each a value that says something, and one that does not. */
const SAYINGS: readonly (readonly [key: string, value: string])[] = [
  ['w3c.tracestate', 'ot=th:c'],
  ['w3c.tracestate', 'vendor=1,ot=rv:00ab12cd34ef56;th:8'],
  ['w3c.tracestate', 'ot=th:fd70a4'],
  ['w3c.tracestate', 'ot=p:3;r:5'],
  ['w3c.tracestate', 'vendor=th:c'],
  ['w3c.tracestate', 'ot=th:C'],
  ['sampling.threshold', '54043195528445952'],
  ['sampling.threshold', '-1'],
  ['SampleRate', '5'],
  ['SampleRate', '0'],
  ['sampleRate', '2'],
  ['dt.system.sampling_ratio', '4'],
  ['_sample_rate', '0.25'],
  ['_sample_rate', '1.5'],
  ['sampling.probability', '0.1'],
  ['_dd.rule_psr', '0.5'],
  ['_dd.agent_psr', 'all'],
  ['_dd.limit_psr', '0.8'],
  ['aggregation.count', '7'],
  ['itemCount', '3'],
  ['span.composite.count', '4'],
  ['transaction.representative_count', '10'],
  ['span.representative_count', '0'],
  ['span.representative_count', '-2'],
  ['_dd.span_sampling.rule_rate', '0.2'],
];

/** Said by two attributes together. */
const SAMPLERS: readonly (readonly [type: string, param: string])[] = [
  ['probabilistic', '0.125'],
  ['probabilistic', '0'],
  ['const', 'true'],
  ['ratelimiting', '0.5'],
];

/** Adds sayings to some of the spans. */
export function sampled(spanSets: fc.Arbitrary<Span[]>): fc.Arbitrary<Span[]> {
  const additions = fc.array(fc.tuple(fc.nat(60), fc.constantFrom(...SAYINGS)), { maxLength: 12 });
  const decisions = fc.array(fc.tuple(fc.nat(60), fc.constantFrom(...SAMPLERS)), { maxLength: 3 });
  return fc.tuple(spanSets, additions, decisions).map(([spans, added, decided]) => {
    const all = spans.map((span) => ({ ...span, attributes: new Map(span.attributes) }));
    const says = (at: number, key: string, value: string): void => {
      const saying: AttributeValue = { type: 'string', value };
      all[at % all.length].attributes.set(key, saying);
    };
    if (all.length === 0) return all;
    for (const [at, [key, value]] of added) says(at, key, value);
    for (const [at, [type, param]] of decided) {
      says(at, 'sampler.type', type);
      says(at, 'sampler.param', param);
    }
    return all;
  });
}
