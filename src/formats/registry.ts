import { alibabaCalls } from './alibaba-calls.ts';
import { azure } from './azure.ts';
import { cloudwatchSpans } from './cloudwatch-spans.ts';
import { dataPrepper } from './data-prepper.ts';
import { datadog } from './datadog.ts';
import { elasticOtel } from './elastic-otel.ts';
import { elasticApm } from './elastic-apm.ts';
import { elasticIntake } from './elastic-intake.ts';
import { elasticRum } from './elastic-rum.ts';
import { skywalking } from './skywalking.ts';
import { googleTraceV1 } from './google-trace-v1.ts';
import { googleTraceV2 } from './google-trace-v2.ts';
import { jaegerElastic } from './jaeger-elastic.ts';
import { jaegerProtobufJson } from './jaeger-protobuf-json.ts';
import { jaegerBatch } from './jaeger-batch.ts';
import { grafanaFrames } from './grafana-frames.ts';
import { genericTable } from './generic-table.ts';
import { jaeger } from './jaeger.ts';
import { otlpFlattened } from './otlp-flattened.ts';
import { otlpJson } from './otlp-json.ts';
import { otlpProtobuf } from './otlp-protobuf.ts';
import { clickhouse } from './clickhouse.ts';
import { quickwit } from './quickwit.ts';
import { signoz } from './signoz.ts';
import { honeycomb } from './honeycomb.ts';
import { goStdouttrace } from './console-spans.ts';
import { pythonConsole } from './console-spans.ts';
import { collectorDebug } from './collector-debug.ts';
import { cppConsole } from './cpp-console.ts';
import { dotnetConsole } from './dotnet-console.ts';
import { jsConsole } from './js-console.ts';
import { rustStdout } from './rust-stdout.ts';
import { dynatrace } from './dynatrace.ts';
import { sentry } from './sentry.ts';
import { opencensus } from './opencensus.ts';
import { parquet } from './parquet.ts';
import type { TraceFormat } from './trace-format.ts';
import { lightstep } from './lightstep.ts';
import { newRelic } from './new-relic.ts';
import { uptrace } from './uptrace.ts';
import { wavefront, wavefrontLines } from './wavefront.ts';
import { xray } from './xray.ts';
import { zipkin } from './zipkin.ts';
import { zipkinProtobuf } from './zipkin-protobuf.ts';
import { zipkinV1 } from './zipkin-v1.ts';

/** Every format that can be read. Add one here. No file may match two of them. */
const NAMED: readonly TraceFormat[] = [
  otlpJson,
  otlpProtobuf,
  zipkin,
  zipkinV1,
  zipkinProtobuf,
  jaeger,
  azure,
  cloudwatchSpans,
  dataPrepper,
  datadog,
  elasticOtel,
  elasticApm,
  elasticIntake,
  elasticRum,
  skywalking,
  googleTraceV1,
  googleTraceV2,
  jaegerElastic,
  jaegerProtobufJson,
  jaegerBatch,
  grafanaFrames,
  otlpFlattened,
  opencensus,
  xray,
  clickhouse,
  quickwit,
  signoz,
  honeycomb,
  goStdouttrace,
  pythonConsole,
  jsConsole,
  dotnetConsole,
  cppConsole,
  rustStdout,
  collectorDebug,
  dynatrace,
  sentry,
  newRelic,
  lightstep,
  uptrace,
  wavefront,
  wavefrontLines,
  alibabaCalls,
  parquet,
];

/** Those that can be told by a name, and tables that only their columns tell. */
export const FORMATS: readonly TraceFormat[] = [...NAMED, genericTable(NAMED)];
