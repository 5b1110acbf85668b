/** SEMANTICS.md §9, docs/semantics.md (Sampling): how many requests of the whole one of the data stands for. */
import { first } from './attributes.ts';
import type { MergedSpan } from './spans.ts';

const COUNT_KEYS = ['aggregation.count', 'itemCount', 'ItemCount', 'itemcount', 'span.composite.count'];

export function weightOf(opening: MergedSpan): number {
  return (
    sampledWeight(opening) *
    (atLeastOne(first(opening, COUNT_KEYS)) ?? 1) *
    (inverse(first(opening, ['_dd.span_sampling.rule_rate'])) ?? 1)
  );
}

/** What the span says, else what the next span above it says. */
function sampledWeight(span: MergedSpan): number {
  const said = [
    ofTraceState(first(span, ['w3c.tracestate']) ?? ''),
    ofDynatraceThreshold(first(span, ['sampling.threshold'])),
    atLeastOne(first(span, ['SampleRate', 'sampleRate', 'samplerate', 'dt.system.sampling_ratio'])),
    ofElastic(first(span, ['transaction.representative_count', 'span.representative_count'])),
    inverse(first(span, ['_sample_rate', 'sampling.probability'])),
    inverse(first(span, ['_dd.rule_psr', '_dd.agent_psr'])),
    inverse(first(span, ['_dd.limit_psr'])),
    ofJaegerSampler(first(span, ['sampler.type']), first(span, ['sampler.param'])),
  ].filter((factor) => factor !== null);
  if (said.length > 0) return said.reduce((product, factor) => product * factor, 1);
  return span.parent === null ? 1 : sampledWeight(span.parent);
}

/** OpenTelemetry's part of it: a threshold of up to 14 hex digits, filled up with zeros, or 2^p. */
function ofTraceState(text: string): number | null {
  const part = /(?:^|,)\s*ot=([^,]*)/.exec(text)?.[1] ?? '';
  const threshold = /(?:^|;)th:([0-9a-f]{1,14})(?:;|\s|$)/.exec(part)?.[1];
  if (threshold !== undefined) {
    const dropped = Array.from(threshold).reduce(
      (sum, digit, i) => sum + parseInt(digit, 16) / 16 ** (i + 1),
      0,
    );
    return 1 / (1 - dropped);
  }
  const p = /(?:^|;)p:(\d{1,2})(?:;|\s|$)/.exec(part)?.[1];
  return p === undefined || Number(p) > 62 ? null : 2 ** Number(p);
}

function ofDynatraceThreshold(text: string | null): number | null {
  if (text === null || !/^\d+$/.test(text) || Number(text) >= 2 ** 56) return null;
  return 1 / (1 - Number(text) / 2 ** 56);
}

/** 0: others stand for it. */
function ofElastic(text: string | null): number | null {
  return text !== null && text.trim() !== '' && Number(text) === 0 ? 0 : atLeastOne(text);
}

function ofJaegerSampler(type: string | null, param: string | null): number | null {
  if (type === 'const') return 1;
  return type === 'probabilistic' ? inverse(param) : null;
}

function atLeastOne(text: string | null): number | null {
  const number = Number(text ?? NaN);
  return number >= 1 && number < Infinity ? number : null;
}

function inverse(text: string | null): number | null {
  const number = Number(text ?? NaN);
  return number > 0 && number <= 1 ? 1 / number : null;
}
