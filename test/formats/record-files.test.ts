/** The files of the shared collection that are read a record at a time: as many spans, traces and services as its index says. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readWithListSink } from '../support/read-bytes.ts';

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const present = existsSync(DATA);

/** Of INDEX.md, services counted by name (0: none is named). */
const FILES: readonly (readonly [
  file: string,
  expected: { format: string; spans: number; traces: number; services: number; errors: number },
])[] = [
  [
    'otlp/gcp-ops-go/traces_basic_expected.json',
    { format: 'google-trace-v2', spans: 20, traces: 8, services: 2, errors: 0 },
  ],
  [
    'otlp/lquerel-oltp-arrow/2_traces.json',
    { format: 'otlp-flattened', spans: 35, traces: 9, services: 0, errors: 0 },
  ],
  [
    'jaeger/jaeger/domain_01.json',
    { format: 'jaeger-protobuf-json', spans: 5, traces: 1, services: 2, errors: 1 },
  ],
  ['jaeger/jaeger/es_01.json', { format: 'jaeger-elastic', spans: 1, traces: 1, services: 1, errors: 1 }],
  [
    'opensearch/dashboards-observability/jaeger-span-2023-01-24.json',
    { format: 'jaeger-elastic', spans: 379, traces: 14, services: 6, errors: 18 },
  ],
  [
    'opensearch/dashboards-observability/otel-v1-apm-span-000001.json',
    { format: 'data-prepper', spans: 500, traces: 41, services: 8, errors: 16 },
  ],
  [
    'vendors/otel-contrib/ddbSample.txt',
    { format: 'aws-xray', spans: 18, traces: 1, services: 1, errors: 5 },
  ],
  [
    'vendors/otel-contrib/serverSample.txt',
    { format: 'aws-xray', spans: 1, traces: 1, services: 1, errors: 0 },
  ],
  [
    'vendors/otel-contrib/indepSubsegmentWithSql.txt',
    { format: 'aws-xray', spans: 1, traces: 1, services: 0, errors: 0 },
  ],
  [
    'vendors/otel-contrib/minInProgress.txt',
    { format: 'aws-xray', spans: 1, traces: 1, services: 1, errors: 0 },
  ],
  [
    'datadog/dd-trace-py/tests.contrib.django.test_django_snapshots.test_asgi_500_3x.json',
    { format: 'datadog', spans: 30, traces: 1, services: 1, errors: 2 },
  ],
  [
    'datadog/dd-trace-py/tests.contrib.ray_serve.test_ray_serve_multi_app.test_multi_app_deployment_routes.json',
    { format: 'datadog', spans: 24, traces: 14, services: 2, errors: 1 },
  ],
  [
    'datadog/dd-trace-py/tests.contrib.google_cloud_pubsub.test_pubsub.test_subscribe_callback_error.json',
    { format: 'datadog', spans: 6, traces: 5, services: 1, errors: 1 },
  ],
];

describe.skipIf(!present)('files read a record at a time', () => {
  test.each(FILES)('%s', async (file, expected) => {
    const { plan, spans, notes } = await readWithListSink(readFileSync(path.join(DATA, file)), {
      chunkBytes: 5000,
    });
    const named = spans.map(({ resource }) => resource.attributes.get('service.name')?.value);
    expect(notes).toEqual([]);
    expect({
      format: plan.formatId,
      spans: spans.length,
      traces: new Set(spans.map(({ traceId }) => traceId)).size,
      services: new Set(named.filter((name) => name !== undefined)).size,
      errors: spans.filter(({ status }) => status === 2).length,
    }).toEqual(expected);
  });
});

test.runIf(!present)('files read a record at a time: skipped, ../shared/data is not here', () => {
  expect(present).toBe(false);
});
