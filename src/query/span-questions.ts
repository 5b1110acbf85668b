/** Questions that read spans again: they wait for segments, which the others never do. */
import type { RequestTable } from '../assembly/request-table.ts';
import type { SpanSource } from '../columns/span-source.ts';
import type { SpanDetails, TraceAnswer } from '../model/answers-spans.ts';
import { describeSpan } from './span-details.ts';
import { describeTrace } from './trace.ts';

export interface SpanQuestions {
  /** `trace`: 32 hex digits. */
  trace: { params: { trace: string }; answer: TraceAnswer };
  /** By record number; null: no such record. */
  span: { params: { record: number }; answer: SpanDetails | null };
}

type SpanAnswerers = {
  readonly [Q in keyof SpanQuestions]: (
    table: RequestTable,
    params: SpanQuestions[Q]['params'],
    spans: SpanSource,
  ) => Promise<SpanQuestions[Q]['answer']>;
};

export const spanQuestions: SpanAnswerers = {
  trace: (table, { trace }, spans) => describeTrace({ table, spans }, trace),
  span: (table, { record }, spans) => describeSpan({ table, spans }, record),
};
