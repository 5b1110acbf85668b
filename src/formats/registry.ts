import { azure } from './azure.ts';
import { cloudwatchSpans } from './cloudwatch-spans.ts';
import { dataPrepper } from './data-prepper.ts';
import { datadog } from './datadog.ts';
import { elasticOtel } from './elastic-otel.ts';
import { jaegerElastic } from './jaeger-elastic.ts';
import { jaegerProtobufJson } from './jaeger-protobuf-json.ts';
import { genericTable } from './generic-table.ts';
import { jaeger } from './jaeger.ts';
import { otlpFlattened } from './otlp-flattened.ts';
import { otlpJson } from './otlp-json.ts';
import type { TraceFormat } from './trace-format.ts';
import { xray } from './xray.ts';

/** Every format that can be read. Add one here. No file may match two of them. */
const NAMED: readonly TraceFormat[] = [
  otlpJson,
  jaeger,
  azure,
  cloudwatchSpans,
  dataPrepper,
  datadog,
  elasticOtel,
  jaegerElastic,
  jaegerProtobufJson,
  otlpFlattened,
  xray,
];

/** Those that can be told by a name, and tables that only their columns tell. */
export const FORMATS: readonly TraceFormat[] = [...NAMED, genericTable(NAMED)];
