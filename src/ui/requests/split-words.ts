/** Top requests in words. */
import type { Measure, RequestKind, Split, SplitFact, SplitValue } from '../../model/answers-top.ts';
import type { ChainEnd } from '../../model/service.ts';
import { describeCount, describeDuration, describeShare, markEstimate } from '../../util/text.ts';

export const KIND_NOUNS: Readonly<Record<RequestKind, string>> = {
  web: 'Web requests',
  all: 'Requests',
  database: 'Database requests',
  queue: 'Messages to queues',
  'third-party': 'Requests to third parties',
};

export const KIND_TITLES: Readonly<Record<RequestKind, string>> = {
  web: 'Web requests',
  all: 'All requests',
  database: 'Databases',
  queue: 'Queues',
  'third-party': 'Third parties',
};

export const FACT_TITLES: Readonly<Record<SplitFact, string>> = {
  service: 'Service',
  endpoint: 'Endpoint',
  instance: 'Instance',
  status: 'HTTP status',
  method: 'HTTP method',
  reason: 'Reason of failure',
  caller: 'Caller',
  userAction: 'User action',
};

export const MEASURE_TITLES: Readonly<Record<Measure, string>> = {
  requests: 'Requests',
  failedRequests: 'Failed requests',
  failureRate: 'Failure rate',
  average: 'Average response time',
  median: 'Median response time',
  p95: '95th percentile of the response time',
  sum: 'Sum of response times',
  share: 'Share of time',
  perMinute: 'Requests per minute',
};

const ENDS: Readonly<Record<ChainEnd, string>> = {
  userAction: 'a user action itself',
  entryPoint: 'none: entry point',
  callerMissing: 'caller missing in the data',
};

export function describeSplit(split: Split): string {
  if (split.kind === 'fact') return FACT_TITLES[split.name];
  return split.scope === 'any' ? split.key : `${split.key} (${split.scope})`;
}

export function describeSplitValue(split: Split, { value, service }: SplitValue): string {
  if (value === null) return split.kind === 'fact' && split.name === 'reason' ? 'did not fail' : 'not set';
  if (value === '') return split.kind === 'fact' ? '(no name)' : '(empty)';
  const mayBeEnd = split.kind === 'fact' && (split.name === 'caller' || split.name === 'userAction');
  return mayBeEnd && service === null ? (ENDS[value as ChainEnd] ?? value) : value;
}

/** With the service that an endpoint, an instance or a user action is of. */
export function describeFullValue(split: Split, value: SplitValue): string {
  const text = describeSplitValue(split, value);
  const { service } = value;
  return service === null || service.name === value.value ? text : `${text} · ${service.name}`;
}

/** `endpoint: GET /cart · cart` */
export function describeGroup(split: Split, value: SplitValue): string {
  const title =
    split.kind === 'fact' ? FACT_TITLES[split.name].replace(/^[A-Z](?=[a-z])/, lower) : describeSplit(split);
  return `${title}: ${describeFullValue(split, value)}`;
}

function lower(letter: string): string {
  return letter.toLowerCase();
}

const rates = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** Those that grow with the data: of sampled data they may be estimates. */
const SUMS: readonly Measure[] = ['requests', 'failedRequests', 'perMinute', 'sum'];

/** As describeMeasure; an estimate is marked. */
export function describeFigure(
  measure: Measure,
  value: number,
  row: { readonly inData?: object | undefined },
): string {
  const text = describeMeasure(measure, value);
  return SUMS.includes(measure) ? markEstimate(text, row) : text;
}

export function describeMeasure(measure: Measure, value: number): string {
  switch (measure) {
    case 'requests':
    case 'failedRequests':
      return describeCount(value);
    case 'failureRate':
    case 'share':
      return describeShare(value);
    case 'perMinute':
      return rates.format(value);
    case 'average':
    case 'median':
    case 'p95':
    case 'sum':
      return describeDuration(value);
  }
}
