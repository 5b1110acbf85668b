import { azure } from './azure.ts';
import { jaeger } from './jaeger.ts';
import { otlpJson } from './otlp-json.ts';
import type { TraceFormat } from './trace-format.ts';

/** Every format that can be read. Add one here. No file may match two of them. */
export const FORMATS: readonly TraceFormat[] = [otlpJson, jaeger, azure];
