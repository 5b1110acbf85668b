/** The naive readers on other people's files, against the counts of their index. Skipped where they are absent. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assemble } from './requests.ts';
import { readJaeger } from './read-jaeger.ts';
import { readOtlp } from './read-otlp.ts';
import { hasSharedData, SHARED_DATA } from '../support/shared-data.ts';

test.skipIf(!hasSharedData).each([
  ['otlp/otel-tui/test_data.json', readOtlp, 547, 141],
  ['otlp/robotframework-trace-report/diverse_trace.json', readOtlp, 1632, 1],
  ['otlp/robotframework-trace-report/malformed_trace.json', readOtlp, 3, 3],
  ['otlp/highlight/fs.json', readOtlp, 218, 2],
  ['otlp/gcp-ops-go/traces_basic.json', readOtlp, 45, 15],
  ['otlp/otlp2parquet/traces.jsonl', readOtlp, 19, 19],
  ['otlp/perses-plugins/authenticate_error_otlp.json', readOtlp, 3, 1],
  ['otlp/perses-plugins/pushbytes_no_root_span_otlp.json', readOtlp, 2, 1],
  ['otlp/opentelemetry-proto/trace.json', readOtlp, 1, 1],
  ['otlp/hyperdx/input.json', readOtlp, 2, 1],
  ['jaeger/kiali/responseTrace.json', readOtlp, 8, 1],
  ['rum/faro-otel-contrib/payload-traces-meta-app-name-1.json', readOtlp, 1, 1],
  ['otlp/perses-plugins/authenticate_error_jaeger.json', readJaeger, 3, 1],
  ['research/deathstarbench/traces-1695947455229.json', readJaeger, 660, 20],
  ['jaeger/jaeger-ui/testTrace.json', readJaeger, 4, 1],
  ['jaeger/jaeger-ui/genaiTestTrace.json', readJaeger, 57, 1],
  ['jaeger/quickwit/jaeger_ui_trace.json', readJaeger, 5, 1],
])('reads every span of %s', (path, read, spans, traces) => {
  const { spans: records, rejected } = read(readFileSync(`${SHARED_DATA}${path}`, 'utf8'));
  expect(rejected).toBe(0);
  expect(assemble(records).counts).toMatchObject({ records: spans, traces });
});
