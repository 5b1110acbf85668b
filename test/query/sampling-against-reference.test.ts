/** Sampling (SEMANTICS §9): what the engine makes of what spans say, against the naive reference. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '../../src/model/span.ts';
import { assemble } from '../reference/requests.ts';
import { weightOf } from '../reference/sampling.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { readFiles } from '../support/read-file.ts';
import { sampled } from '../support/sampled-spans.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 300 };

function lone(attributes: Readonly<Record<string, string>>): Span {
  return {
    traceId: '1'.padStart(32, '0'),
    spanId: '1'.padStart(16, '0'),
    parentSpanId: null,
    name: 'GET /',
    kind: 2,
    startUnixNano: 1n,
    durationNs: 1,
    status: 0,
    statusMessage: '',
    shared: false,
    resource: { attributes: new Map([['service.name', { type: 'string', value: 'shop' }]]) },
    scope: { name: '', version: '' },
    attributes: new Map(Object.entries(attributes).map(([key, value]) => [key, { type: 'string', value }])),
    events: [],
    links: [],
  };
}

describe('what a request stands for', () => {
  test.each([
    [{ 'w3c.tracestate': 'ot=th:8' }, 2],
    [{ 'w3c.tracestate': 'ot=th:c' }, 4],
    [{ 'w3c.tracestate': 'ot=th:ffffffffffffff' }, 2 ** 56],
    [{ 'w3c.tracestate': 'congo=t61,ot=p:3;r:5' }, 8],
    [{ _sample_rate: '0.1', '_dd.rule_psr': '0.5' }, 20],
    [{ SampleRate: '20' }, 20],
    [{ 'sampler.type': 'probabilistic', 'sampler.param': '0.01' }, 100],
    [{ 'transaction.representative_count': '4', 'span.composite.count': '3' }, 12],
    [{ 'transaction.representative_count': '0' }, 0],
    [{ '_dd.span_sampling.rule_rate': '0.25' }, 4],
    [{ 'sampling.threshold': String(2n ** 55n), 'aggregation.count': '3' }, 6],
  ])('%o → %f', (attributes, expected) => {
    expect(assembleSpans([lone(attributes)]).requests.weights?.[0]).toBeCloseTo(expected, 9);
  });

  test('nothing is kept where nobody says anything, or all stand for themselves', () => {
    expect(assembleSpans([lone({})]).requests.weights).toBeNull();
    expect(assembleSpans([lone({ 'w3c.tracestate': 'ot=th:0' })]).requests.weights).toBeNull();
    expect(assembleSpans([lone({ SampleRate: 'many' })]).requests.weights).toBeNull();
    const limited = { 'sampler.type': 'ratelimiting', 'sampler.param': '0.5' };
    expect(assembleSpans([lone(limited)]).requests.weights).toBeNull();
  });

  test('is what the naive reference reads from the spans', () => {
    fc.assert(
      fc.property(sampled(spanSets), (spans) => {
        const { requests } = assembleSpans(spans);
        const weights = requests.weights ?? new Float64Array(requests.count).fill(1);
        const theirs = assemble(spans).requests.map(({ opening }) => weightOf(opening));
        const rounded = (all: Iterable<number>) =>
          Array.from(all, (one) => Number(one.toPrecision(9))).toSorted((a, b) => a - b);
        expect(rounded(weights)).toEqual(rounded(theirs));
      }),
      RUNS,
    );
  });
});

test('Elastic’s sample rates: an unsampled transaction is stood for by those that were kept', async () => {
  const path = fileURLToPath(new URL('../samples/elastic-intake/sample-rates.ndjson', import.meta.url));
  const { requests } = await readFiles([new File([readFileSync(path)], 'sample-rates.ndjson')]);
  // The sampled transaction, its compressed database calls, the unsampled transaction.
  expect(Array.from(requests.weights ?? []).toSorted((a, b) => a - b)).toEqual([0, 4, 48]);
});
