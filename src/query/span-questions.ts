/** Questions that read spans again: they wait for segments, which the others never do. */
import type { RequestTable } from '../assembly/request-table.ts';
import type { SpanSource } from '../columns/span-source.ts';
import type { AttributeKeysAnswer, FieldValuesAnswer, ZonesAnswer } from '../model/answers-filters.ts';
import type { OutliersAnswer, OutlierSet } from '../model/answers-outliers.ts';
import type { MethodsAnswer } from '../model/answers-hotspots.ts';
import type { TopAnswer, TopParams } from '../model/answers-top.ts';
import type {
  CausesAnswer,
  NodeParams,
  ProxiesAnswer,
  ReferrersAnswer,
  SpanDetails,
  StackTracesAnswer,
  TraceAnswer,
} from '../model/answers-spans.ts';
import { listAttributeKeys } from './attribute-keys.ts';
import { describeCauses } from './failure-causes.ts';
import { listFieldValues } from './field-values.ts';
import type { FieldValuesParams } from './field-values.ts';
import { describeOutliers } from './outliers.ts';
import { describeMethods } from './methods.ts';
import { describeProxies } from './proxies.ts';
import { describeReferrers } from './referrers.ts';
import { listTopRequests } from './top-requests.ts';
import { describeStackTraces } from './stack-traces.ts';
import { describeSpan } from './span-details.ts';
import { describeTrace } from './trace.ts';
import { listZones } from './zones.ts';

export interface SpanQuestions {
  /** `trace`: 32 hex digits. */
  trace: { params: { trace: string }; answer: TraceAnswer };
  /** By record number; null: no such record. */
  span: { params: { record: number }; answer: SpanDetails | null };
  /** Of the requests at a node, as the following. */
  stackTraces: { params: NodeParams; answer: StackTracesAnswer };
  referrers: { params: NodeParams; answer: ReferrersAnswer };
  methods: { params: NodeParams; answer: MethodsAnswer };
  proxies: { params: NodeParams; answer: ProxiesAnswer };
  /** Read from the request table alone. */
  causes: { params: NodeParams; answer: CausesAnswer };
  /** Reads spans only where it splits by what the request table does not hold. */
  topRequests: { params: TopParams; answer: TopAnswer };
  /** Of all requests at the node, exactly. */
  outliers: { params: NodeParams & { readonly set: OutlierSet }; answer: OutliersAnswer };
  /** Of the whole dataset, as the following. */
  attributeKeys: { params: Readonly<Record<string, never>>; answer: AttributeKeysAnswer };
  fieldValues: { params: FieldValuesParams; answer: FieldValuesAnswer };
  zones: { params: Readonly<Record<string, never>>; answer: ZonesAnswer };
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
  stackTraces: (table, params, spans) => describeStackTraces({ table, spans }, params),
  referrers: (table, params, spans) => describeReferrers({ table, spans }, params),
  methods: (table, params, spans) => describeMethods({ table, spans }, params),
  proxies: (table, params, spans) => describeProxies({ table, spans }, params),
  topRequests: (table, params, spans) => listTopRequests({ table, spans }, params),
  outliers: (table, params, spans) => describeOutliers({ table, spans }, params),
  attributeKeys: (table, _, spans) => listAttributeKeys({ table, spans }),
  fieldValues: (table, params, spans) => listFieldValues({ table, spans }, params),
  zones: (table, _, spans) => listZones({ table, spans }),
  causes: async (table, params) => describeCauses(table, params),
};
