/** A Client without threads: plausible answers at once, and everything it was asked. */
import type {
  BacktraceAnswer,
  ChainPath,
  NodeAnswer,
  NodeFigures,
  ResponseTime,
  ServiceAnswer,
  ServiceRow,
  TimeSeries,
} from '../../src/model/answers.ts';
import type {
  DistributionAnswer,
  InstanceRow,
  InstancesAnswer,
} from '../../src/model/answers-distribution.ts';
import type { EvidenceAnswer, EvidenceRow } from '../../src/model/answers-evidence.ts';
import type { Ruleset } from '../../src/model/ruleset.ts';
import type { DatasetSummary } from '../../src/model/dataset.ts';
import type { ImportOptions } from '../../src/model/import-choice.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { HOTSPOT_ANSWERS } from './fake-hotspots.ts';
import { IMPACT_ANSWERS } from './fake-impact.ts';
import { NGINX, ORDERS, ORDERS_DB, SHOP } from './fake-services.ts';
import type { Client, ImportProgress, Outcome, QuestionName, Questions } from '../../workers/api.ts';

export const RANGE = { from: 1_700_000_000_000_000_000n, to: 1_700_003_600_000_000_001n };

export function makeDataset(change: Partial<DatasetSummary> = {}): DatasetSummary {
  return {
    id: 1,
    name: 'shop.json',
    fingerprint: '0123456789abcdef0123456789abcdef',
    importedAt: 1_700_010_000_000,
    files: [
      {
        name: 'shop.json',
        sizeBytes: 123_456,
        format: 'OTLP/JSON',
        containers: ['gzip'],
        records: 1203,
        rejected: 2,
        notes: [
          {
            code: 'json-syntax',
            effect: 'rejected',
            count: 2,
            message: 'A record is not JSON: a comma is missing.',
            bytePosition: 4567,
            line: 12,
          },
        ],
        refusal: null,
      },
    ],
    counts: {
      records: 1203,
      spans: 1200,
      duplicates: 1,
      rejected: 2,
      traces: 40,
      services: 5,
      requests: 800,
      inferredRequests: 120,
      spansWithoutTime: 0,
      brokenParents: 3,
      clockProblems: 0,
      linksNotFound: 0,
      loopsCut: 0,
    },
    range: RANGE,
    stored: true,
    sizeBytes: 98_765,
    ...change,
  };
}

export { NGINX, ORDERS, ORDERS_DB, SHOP };

export function makeServiceRow(service: ServiceRef, change: Partial<ServiceRow> = {}): ServiceRow {
  return {
    service,
    requests: 100,
    failedRequests: 4,
    median: 12.3,
    p95: 250,
    shareOfTime: 0.25,
    tracedTwin: false,
    ...change,
  };
}

const SERVICES: readonly ServiceRow[] = [
  makeServiceRow(SHOP, { requests: 120, failedRequests: 0 }),
  makeServiceRow(NGINX, { requests: 300 }),
  makeServiceRow(ORDERS, { requests: 200, failedRequests: 30 }),
  makeServiceRow(ORDERS_DB, { requests: 180, tracedTwin: true }),
];

const TIMES: ResponseTime = {
  count: 200,
  average: 20,
  median: 12.3,
  p75: 30,
  p90: 90,
  p95: 250,
  p99: 400,
  max: 812,
};

const FIGURES: NodeFigures = {
  calls: 200,
  failedCalls: 30,
  requests: 200,
  failedRequests: 30,
  share: 1,
  hit: 30,
  hitFailed: 30,
  notHit: 170,
  notHitFailed: 0,
  ends: { userAction: 0, entryPoint: 0, callerMissing: 0 },
  responseTime: TIMES,
};

const SERIES: TimeSeries = {
  widthNs: 600_000_000_000n,
  buckets: Array.from({ length: 6 }, (_, index) => ({
    from: RANGE.from + BigInt(index) * 600_000_000_000n,
    requests: 30 + index,
    failedRequests: index,
    median: 12 + index,
    p95: 200 + index,
  })),
};

const INSTANCES: readonly InstanceRow[] = [
  { name: 'pod-1', requests: 160, failedRequests: 30, responseTime: TIMES, share: 0.8, timesFair: 1.6 },
  { name: 'pod-2', requests: 40, failedRequests: 0, responseTime: TIMES, share: 0.2, timesFair: 0.4 },
];

const ANSWERS: { readonly [Q in QuestionName]?: (params: Questions[Q]['params']) => Questions[Q]['answer'] } =
  {
    sampling: () => ({ requests: 800, estimate: 800, weighted: 0 }),
    services: () => ({ services: SERVICES }),
    service: ({ target }): ServiceAnswer => ({
      target,
      found: SERVICES.some((row) => row.service.name === target.service.name),
      requests: 200,
      failedRequests: 30,
      responseTime: TIMES,
      instances: 2,
      tracedTwin: false,
      series: SERIES,
      endpoints: [
        { name: 'GET /orders/{id}', requests: 150, failedRequests: 30, responseTime: TIMES },
        { name: 'POST /orders', requests: 50, failedRequests: 0, responseTime: TIMES },
      ],
      reasons: [{ reason: 'TimeoutError: no answer in {n} ms', failedRequests: 30 }],
    }),
    backtrace: ({ target }): BacktraceAnswer => ({
      target,
      found: true,
      root: {
        ...FIGURES,
        service: target.service,
        callers: [
          {
            ...FIGURES,
            service: NGINX,
            callers: [
              {
                ...FIGURES,
                service: SHOP,
                hitFailed: 20,
                ends: { userAction: 200, entryPoint: 0, callerMissing: 0 },
                callers: [],
              },
            ],
          },
        ],
      },
      impact: {
        verdict: 'partly handled',
        ends: {
          userAction: { requests: 200, hit: 30, hitFailed: 20 },
          entryPoint: { requests: 0, hit: 0, hitFailed: 0 },
          callerMissing: { requests: 0, hit: 0, hitFailed: 0 },
        },
        notHit: 170,
        notHitFailed: 0,
        users: null,
        sessions: null,
      },
      unfiltered: 200,
    }),
    node: ({ path }): NodeAnswer => ({
      path,
      found: true,
      figures: FIGURES,
      userActions: isApplication(path),
      endpoints: [
        {
          name: 'click on "Buy"',
          requests: 200,
          failedRequests: 20,
          calls: 200,
          failedCalls: 30,
          responseTime: TIMES,
        },
      ],
      series: SERIES,
      reasons: [{ reason: 'HTTP 503', failedRequests: 30 }],
    }),
    distribution: ({ path, scale }): DistributionAnswer => ({
      path,
      found: true,
      scale,
      bars: [
        { fromNs: 10_000_000, toNs: 20_000_000, requests: 150, failedRequests: 10 },
        { fromNs: 20_000_000, toNs: null, requests: 50, failedRequests: 20 },
      ],
      responseTime: TIMES,
    }),
    instances: ({ target, path }): InstancesAnswer => ({
      path,
      found: true,
      node: { service: path[path.length - 1], instances: INSTANCES },
      target: { service: target.service, instances: INSTANCES },
    }),
    ...IMPACT_ANSWERS,
    attributeKeys: () => ({
      keys: [
        { scope: 'resource', key: 'service.name', requests: 800 },
        { scope: 'span', key: 'http.route', requests: 500 },
      ],
    }),
    fieldValues: ({ field, prefix }) => {
      const isVersion = field.kind === 'attribute' && field.key === 'service.version';
      const ofAttribute = isVersion ? ['1.4', '1.5'] : ['/cart', '404'];
      const all = field.kind === 'intrinsic' ? ['GET /orders', 'POST /orders'] : ofAttribute;
      const values = all.filter((value) => value.toLowerCase().startsWith(prefix.toLowerCase()));
      return { values: values.map((value) => ({ value, requests: 50 })), total: values.length };
    },
    zones: () => ({
      zones: [
        {
          key: 'deployment.environment.name',
          values: [
            { value: 'prod', requests: 700 },
            { value: 'stage', requests: 100 },
          ],
          total: 2,
        },
        { key: 'team', values: [{ value: 'red', requests: 40 }], total: 130 },
      ],
    }),
    ...HOTSPOT_ANSWERS,
    evidence: ({ target, page }): EvidenceAnswer => ({
      found: true,
      total: 30,
      sampled: null,
      offset: page.offset,
      rows: Array.from({ length: Math.min(page.limit, 30 - page.offset) }, (_, at) =>
        makeEvidenceRow(page.offset + at, target?.service ?? ORDERS),
      ),
    }),
  };

export function makeEvidenceRow(at: number, service: ServiceRef): EvidenceRow {
  return {
    traceId: at.toString(16).padStart(32, '0'),
    spanId: at.toString(16).padStart(16, '0'),
    span: at,
    start: RANGE.from + BigInt(at),
    durationMs: at + 0.5,
    service,
    endpoint: 'GET /orders/{id}',
    instance: 'orders-1',
    failed: at % 2 === 0,
    reason: at % 2 === 0 ? 'HTTP 503' : '',
    httpStatus: at % 2 === 0 ? 503 : 200,
    chain: [SHOP, service],
  };
}

function isApplication(path: ChainPath): boolean {
  return path[path.length - 1].type === 'application';
}

export interface Asked {
  readonly question: QuestionName;
  readonly params: unknown;
  /** The failure rules it is to be answered by; null: the default ones. */
  readonly rules?: Ruleset | null;
  /** Answers it; by itself, where the client was not told to hold answers. */
  readonly answer: () => void;
}

export interface FakeClient extends Client {
  readonly asked: Asked[];
  readonly imported: { files: readonly File[]; into: number | null; options?: ImportOptions }[];
  readonly datasets: DatasetSummary[];
  /** Ends the running import with this outcome. */
  finishImport: (outcome: Outcome<DatasetSummary>) => void;
  report: (progress: ImportProgress) => void;
  tellChanged: () => void;
}

export interface FakeSetting {
  readonly datasets?: readonly DatasetSummary[];
  /** Answers and imports wait until the test ends them. */
  readonly hold?: boolean;
  /** What an import that is not held gives. */
  readonly imports?: DatasetSummary;
}

export function makeFakeClient(setting: FakeSetting = {}): FakeClient {
  const datasets = [...(setting.datasets ?? [])];
  const listeners = new Set<() => void>();
  const asked: Asked[] = [];
  const imported: FakeClient['imported'] = [];
  const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });
  const missing = { ok: false, error: { code: 'not-found', message: 'It is gone.' } } as const;

  const runImport = (onProgress: (progress: ImportProgress) => void): Promise<Outcome<DatasetSummary>> => {
    client.report = onProgress;
    return new Promise((resolve) => {
      client.finishImport = (outcome) => {
        if (outcome.ok && !datasets.some((one) => one.id === outcome.value.id))
          datasets.unshift(outcome.value);
        resolve(outcome);
      };
      if (!setting.hold) client.finishImport(ok(setting.imports ?? makeDataset({ id: 77 })));
    });
  };

  const client: FakeClient = {
    asked,
    imported,
    datasets,
    finishImport: () => {},
    report: () => {},
    tellChanged: () => listeners.forEach((listener) => listener()),
    list: async () => ok([...datasets]),
    open: async (id) => {
      const found = datasets.find((one) => one.id === id);
      return found ? ok(found) : missing;
    },
    rename: async (id, name) => {
      const index = datasets.findIndex((one) => one.id === id);
      datasets[index] = { ...datasets[index], name };
      return ok(null);
    },
    remove: async (id) => {
      datasets.splice(
        datasets.findIndex((one) => one.id === id),
        1,
      );
      return ok(null);
    },
    formats: async () =>
      ok([
        { id: 'otlp-json', label: 'OTLP/JSON' },
        { id: 'jaeger-json', label: 'Jaeger JSON' },
      ]),
    importFiles: (files, into, onProgress, options) => {
      imported.push(options ? { files, into, options } : { files, into });
      return runImport(onProgress);
    },
    importDemo: (onProgress) => runImport(onProgress),
    cancelImport: async () => {
      client.finishImport({ ok: false, error: { code: 'cancelled', message: 'Cancelled.' } });
    },
    ask: (question, params, rules = null) =>
      new Promise((resolve) => {
        const given = ANSWERS[question];
        if (!given) throw new Error(`The fake client has no answer to ${question}.`);
        const answer = () => resolve(ok(given(params)));
        asked.push({ question, params, rules, answer });
        if (!setting.hold) answer();
      }),
    closeSecond: async () => ok(null),
    onDatasetsChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return client;
}
