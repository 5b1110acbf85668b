/**
 * One trace, one backtrace: the trace of FORMATS.md Appendix A as each format writes it. What a format cannot
 * hold is in the table, with the reason; everything else must be the same figure for figure.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { BacktraceNode } from '../../src/model/answers.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { countedTable } from '../../src/query/extrapolation.ts';
import { describeNode } from '../../src/query/node.ts';
import { describeService } from '../../src/query/service.ts';
import { listServices } from '../../src/query/services.ts';
import { type ReadFiles, readFiles } from '../support/read-file.ts';

const GATEWAY: ServiceRef = { type: 'service', name: 'gateway' };

function sample(path: string): File {
  const file = fileURLToPath(new URL(`../samples/${path}`, import.meta.url));
  return new File([readFileSync(file)], basename(path));
}
interface Story {
  readonly gateway: BacktraceNode;
  readonly databases: readonly BacktraceNode[];
  readonly endpoints: readonly string[];
  readonly databaseEndpoints: readonly string[];
  readonly reasons: readonly string[];
  readonly databaseReasons: readonly string[];
  readonly actions: readonly string[];
  readonly services: readonly string[];
}

/** As counted: some formats say how many spans of the whole theirs stand for. */
function storyOf(read: ReadFiles): Story {
  const requests = countedTable(read.requests);
  const target = (service: ServiceRef) => ({ service, endpoint: null, instance: null });
  const { services } = listServices(requests, EVERYTHING);
  const databases = services.map(({ service }) => service).filter(({ type }) => type === 'database');
  const gateway = backtrace(requests, target(GATEWAY), EVERYTHING).root;
  const about = describeService(requests, target(GATEWAY), EVERYTHING);
  const aboutDatabases = databases.map((service) => describeService(requests, target(service), EVERYTHING));
  const actions = gateway.callers.map(({ service }) =>
    describeNode(requests, target(GATEWAY), EVERYTHING, [GATEWAY, service]),
  );
  return {
    gateway,
    databases: databases.map((service) => backtrace(requests, target(service), EVERYTHING).root),
    endpoints: about.endpoints.map(({ name }) => name),
    databaseEndpoints: aboutDatabases.flatMap(({ endpoints }) => endpoints.map(({ name }) => name)),
    reasons: about.reasons.map(({ reason }) => reason),
    databaseReasons: aboutDatabases.flatMap(({ reasons }) => reasons.map(({ reason }) => reason)),
    actions: actions.flatMap(({ endpoints }) => endpoints.map(({ name }) => name)),
    services: services.map(({ service }) => `${service.type} ${service.name}`),
  };
}

type Difference =
  'statement' | 'no exception' | 'no status' | 'lower case' | 'action unnamed' | 'status word';

/** What a format, or what tools put into it, cannot say. Everything else must be the same. */
const DIFFERENCES: Readonly<Record<Difference, (story: Story) => Story>> = {
  // Its database calls come with their statement, whose first keyword names the endpoint (SEMANTICS.md §4).
  statement: (story) => ({ ...story, databaseEndpoints: ['SELECT'] }),
  // There is no place for an exception, or the tool leaves it out: the HTTP status is the reason.
  'no exception': (story) => ({ ...story, reasons: ['HTTP 500'] }),
  // A span has no status: a call without an HTTP status cannot be known to have failed.
  'no status': (story) => ({
    ...story,
    databases: story.databases.map((node) => withoutFailure(node)),
    databaseReasons: [],
  }),
  // Zipkin writes all names in lower case.
  'lower case': (story) => ({ ...story, databaseEndpoints: ['select shop'] }),
  // The element is not told.
  'action unnamed': (story) => ({ ...story, actions: story.actions.map(() => 'click') }),
  // The format has a word for why a span failed.
  'status word': (story) => ({ ...story, databaseReasons: ['internal_error'] }),
};

function withoutFailure(node: BacktraceNode): BacktraceNode {
  const isRoot = node.service.type === 'database';
  return {
    ...node,
    failedCalls: 0,
    failedRequests: isRoot ? 0 : node.failedRequests,
    hit: 0,
    hitFailed: 0,
    notHit: 1,
    notHitFailed: isRoot ? 0 : node.failedRequests,
    callers: node.callers.map(withoutFailure),
  };
}

interface Case {
  readonly file: string;
  readonly differences: readonly Difference[];
}

const of = (file: string, ...differences: readonly Difference[]): Case => ({ file, differences });

/** All four spans. */
const WHOLE: readonly Case[] = [
  of('otlp-json/one-trace.json'),
  of('otlp-json/one-trace-tempo.json'),
  of('otlp-protobuf/one-trace.pb'),
  of('otlp-flattened/whole-trace.jsonl'),
  of('jaeger-json/one-trace.json'),
  of('jaeger-elastic/whole-trace.jsonl'),
  of('jaeger-protobuf-json/whole-trace.jsonl'),
  of('zipkin/shared-ids.json', 'no exception', 'lower case'),
  of('zipkin/protobuf-json.json', 'no exception', 'lower case'),
  of('zipkin-v1/one-trace.json', 'no exception', 'lower case'),
  of('zipkin-protobuf/whole-trace.pb', 'no exception', 'lower case'),
  of('clickhouse/whole-trace.jsonl'),
  of('cloudwatch-spans/whole-trace.jsonl'),
  of('data-prepper/whole-trace.jsonl'),
  of('elastic-otel/whole-trace.jsonl'),
  of('elastic-apm/whole-trace.jsonl', 'statement', 'action unnamed'),
  of('google-trace-v2/whole-trace.json'),
  of('opencensus/whole-trace.jsonl'),
  of('honeycomb/whole-trace.json'),
  of('quickwit/whole-trace.jsonl'),
  of('signoz/whole-trace.jsonl'),
  of('sentry/whole-trace.jsonl', 'statement', 'action unnamed', 'status word'),
  of('go-stdouttrace/whole-trace.json'),
  of('python-console/whole-trace.json'),
  of('js-console/whole-trace.log'),
  of('dotnet-console/whole-trace.log'),
  of('cpp-console/whole-trace.log'),
  of('rust-stdout/whole-trace.log'),
  of('collector-debug/whole-trace.log'),
  of('new-relic/whole-trace.json', 'status word'),
  of('lightstep/whole-trace.jsonl'),
  of('wavefront/whole-trace.json', 'no exception'),
  of('wavefront-lines/whole-trace.txt', 'no exception'),
  of('lightstep/api-trace.json', 'no exception'),
  of('uptrace/whole-trace.json'),
  of('uptrace/tree.json'),
  of('generic-table/whole-trace.csv', 'no exception'),
];

/** The gateway's two spans: browsers report to something else. */
const SERVER_HALF: readonly Case[] = [
  of('aws-xray/one-trace.json', 'statement'),
  of('azure-application-insights/one-trace.json', 'statement'),
  of('clickhouse/one-trace.jsonl'),
  of('datadog/one-trace.json', 'statement'),
  of('dynatrace-grail/one-trace.json'),
  of('elastic-apm/one-trace.json', 'statement'),
  of('elastic-apm/discover.csv'),
  of('google-trace-v1/one-trace.json', 'no exception', 'no status'),
  of('jaeger-protobuf-json/one-trace.jsonl'),
];

/** A single span of the gateway. */
const ONE_SPAN = ['go-stdouttrace/one-trace.json', 'python-console/one-trace.json'];

/** As queried, and as its segments are stored. */
const SKYWALKING = ['skywalking/one-trace.json', 'skywalking/one-trace-documents.json'];

const changed = (story: Story, differences: readonly Difference[]): Story =>
  differences.reduce((now, name) => DIFFERENCES[name](now), story);
const storyOfFiles = async (...paths: readonly string[]): Promise<Story> =>
  storyOf(await readFiles(paths.map(sample)));

const BROWSER = 'otlp-json/one-trace-browser-half.json';
const whole = await storyOfFiles('otlp-json/one-trace.json');
const serverHalf = await storyOfFiles('otlp-json/one-trace-server-half.json');

test('it is the trace of FORMATS.md: a user action led to a failed request, and that to a failed database call', () => {
  expect(whole.gateway).toMatchObject({
    requests: 1,
    failedRequests: 1,
    responseTime: { average: 300 },
    callers: [{ service: { name: 'shop-web', type: 'application' }, ends: { userAction: 1 }, callers: [] }],
  });
  expect(whole.databases).toMatchObject([{ service: { name: 'shop' }, failedRequests: 1 }]);
  expect(whole).toMatchObject({
    reasons: ['java.sql.SQLException: deadlock detected'],
    endpoints: ['POST /api/cart'],
    actions: ['click on "BUTTON"'],
  });
  expect(serverHalf.gateway).toMatchObject({ requests: 1, failedRequests: 1, ends: { callerMissing: 1 } });
});

describe('one trace, one backtrace', () => {
  test.each(WHOLE)('$file', async ({ file, differences }) => {
    expect(await storyOfFiles(file)).toEqual(changed(whole, differences));
  });

  test.each(SERVER_HALF)('$file: the caller is missing', async ({ file, differences }) => {
    expect(await storyOfFiles(file)).toEqual(changed(serverHalf, differences));
  });

  test.each(SERVER_HALF)(
    '$file: the browser’s half from OTLP completes it',
    async ({ file, differences }) => {
      expect(await storyOfFiles(BROWSER, file)).toEqual(changed(whole, differences));
    },
  );

  test.each(SERVER_HALF)(
    '$file: the browser’s half from Elastic RUM completes it',
    async ({ file, differences }) => {
      expect(await storyOfFiles('elastic-rum/click.ndjson', file)).toEqual(
        changed(whole, [...differences, 'action unnamed']),
      );
    },
  );

  test.each(ONE_SPAN)(
    '%s: one span is one failed request, its caller joined from elsewhere',
    async (file) => {
      const { gateway, reasons, databases } = await storyOfFiles(file, BROWSER);
      expect({ gateway, reasons, databases }).toEqual({
        gateway: whole.gateway,
        reasons: ['HTTP 500'],
        databases: [],
      });
    },
  );

  test.each(SKYWALKING)(
    '%s: trace ids of its own, and no span for the click in its browser client',
    async (file) => {
      const story = await storyOfFiles(file);
      const { callers, ...gateway } = whole.gateway;
      const failed = { failedRequests: 1, hitFailed: 1, responseTime: { average: 400 } };
      expect(story).toMatchObject({
        gateway: { ...gateway, callers: callers.map((caller) => ({ ...caller, ...failed })) },
        endpoints: whole.endpoints,
        reasons: whole.reasons,
        actions: ['/api/cart'],
        services: whole.services,
      });
    },
  );
});

describe('all of them dropped at once', () => {
  const all = [...WHOLE, ...SERVER_HALF].map(({ file }) => file).concat(ONE_SPAN);

  test('give one trace with that backtrace, the same in every order', async () => {
    const readings = [];
    for (const files of [all, all.toReversed(), [...all.slice(9), ...all.slice(0, 9)]]) {
      readings.push(await readFiles(files.map(sample)));
    }
    for (const { counts, fingerprint } of readings) {
      expect(counts).toEqual(readings[0].counts);
      expect(fingerprint).toBe(readings[0].fingerprint);
    }
    const [{ counts }] = readings;
    // In Zipkin the server's span has the id of its caller's: it is a fifth span, of the same request.
    expect(counts).toMatchObject({ traces: 1, spans: 5, requests: 2, inferredRequests: 1, brokenParents: 0 });
    expect(counts.duplicates).toBe(counts.records - 5);
    expect(counts.duplicates).toBeGreaterThan(100);
    for (const reading of readings) {
      const story = storyOf(reading);
      expect({ ...story, databaseEndpoints: [], databaseReasons: [] }).toEqual({
        ...whole,
        databaseEndpoints: [],
        databaseReasons: [],
      });
    }
  });
});
