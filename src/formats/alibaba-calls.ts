/**
 * Alibaba's call graphs of microservices: a row for each call of an upstream service (um) to a downstream one (dm).
 * https://github.com/alibaba/clusterdata, cluster-trace-microservices-v2021 and -v2022.
 * A call between services is two spans under one id, as both sides write it down: the caller's, and below it the
 * callee's. Where a side has its own row (its response time is then negative), that is a duplicate.
 * Times are ms since the recording began and stay so: the day is not in the data.
 */
import * as z from 'zod';
import type { Span, SpanKind } from '../model/span.ts';
import { KIND_CLIENT, KIND_CONSUMER, KIND_PRODUCER, KIND_SERVER } from '../model/span.ts';
import { parseDuration } from './durations.ts';
import { spanIdText, traceIdField } from './foreign-ids.ts';
import { parseInstant } from './instants.ts';
import { type Json, ownValue } from './json-value.ts';
import { hasKeys } from './record-format.ts';
import { SpanDraft, textIn } from './span-draft.ts';
import { tableFormat } from './table-format.ts';

const COLUMNS = ['traceid', 'um', 'dm', 'rpctype'];
/** Of 2021, of 2022. */
const CALL_IDS = ['rpcid', 'rpc_id'];

/** What stands for a service that was not recorded; USER is who calls the first one. */
const NOBODY = /^(|\(\?\)|user|unknown|unavailable|nan|none|null)$/i;
const STORE = /^(db|mc)$/i;
const QUEUE = /^mq$/i;

const schema = z.object({ traceid: traceIdField });

export const alibabaCalls = tableFormat({
  id: 'alibaba-calls',
  label: 'Alibaba call graphs',
  lists: [],
  matchesJson: (head) => hasKeys(head, [...COLUMNS, CALL_IDS.join('|')]),
  matchesColumns: (columns) =>
    COLUMNS.every((column) => columns.has(column)) && CALL_IDS.some((column) => columns.has(column)),
  schema,
  open:
    () =>
    ({ traceid }, { raw, note }) => {
      const call = textIn(raw, ...CALL_IDS);
      if (/^\d+(\.\d+)*$/.test(call)) return spansOfCall(raw, traceid, call);
      note('record-invalid', 'rejected', 'A row is not as expected: rpcid: no id of a call such as 0.1.2.');
      return [];
    },
});

function spansOfCall(row: Json, traceId: string, call: string): Span[] {
  const type = textIn(row, 'rpctype');
  const sideOf = (side: 'um' | 'dm', kind: SpanKind): SpanDraft => {
    const span = new SpanDraft({ traceId, spanId: idOf(call), parentSpanId: parentOf(call) });
    span.kind = kind;
    span.name = textIn(row, 'interface') || type;
    span.startUnixNano = parseInstant(ownValue(row, 'timestamp'), 'ms');
    span.durationNs = Math.abs(parseDuration(ownValue(row, 'rt'), 'ms') ?? 0);
    const service = textIn(row, side);
    if (!NOBODY.test(service)) span.setResource('service.name', service);
    span.setResource('service.instance.id', ownValue(row, `${side}instanceid`));
    span.set('rpctype', type);
    return span;
  };
  const callee = textIn(row, 'dm');
  const isQueue = QUEUE.test(type);
  const caller = sideOf('um', isQueue ? KIND_PRODUCER : KIND_CLIENT);
  if (!NOBODY.test(callee)) caller.set('peer.service', callee);
  if (STORE.test(type)) {
    caller.set('headwater.database', true);
    return [caller.finish()];
  }
  const called = sideOf('dm', isQueue ? KIND_CONSUMER : KIND_SERVER);
  const isCalleesRow = textIn(row, 'rt').startsWith('-');
  const isFirst = isCalleesRow || NOBODY.test(textIn(row, 'um'));
  return isFirst ? [called.finish()] : [caller.finish(), called.finish()];
}

/** Of its place in the trace, which is no id by its looks: `0`, `0.1.2`. */
function idOf(call: string): string {
  return spanIdText(`call ${call}`) ?? '';
}

/** The caller of 0.1.2 is the callee of 0.1. */
function parentOf(call: string): string | null {
  const dot = call.lastIndexOf('.');
  return dot < 0 ? null : idOf(call.slice(0, dot));
}
