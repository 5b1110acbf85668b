/**
 * Dynatrace Grail: `fetch spans` from notebooks, the query API or dtctl, as JSON, lines or CSV; `fetch user.events`
 * of the browser (FORMATS.md §3.19; Dynatrace semantic dictionary, 2026). Sampling fields stay attributes.
 * Not supported: PurePaths of the classic API; entity ids are not resolved to names.
 */
import * as z from 'zod';
import { dynatraceSpan } from './dynatrace-span.ts';
import {
  parentIdField,
  soundParentId,
  soundSpanId,
  soundTraceId,
  spanIdField,
  traceIdField,
} from './foreign-ids.ts';
import { ownValue } from './json-value.ts';
import { hasKeys } from './record-format.ts';
import { tableFormat } from './table-format.ts';
import type { Head } from './trace-format.ts';

const PLACES = ['', 'records[].', 'result.records[].'];
/** Of Elastic, whose keys have dots, too. */
const ELASTIC =
  /(^|[.\]])(processor\.event|transaction\.(id|name)|timestamp\.us|event\.outcome|span\.duration\.us)$/;

/** Without trace.id in the result the span ids alone, which are random, join the spans. */
const NO_TRACE_ID = '00000000000000000000000000000001';

const schema = z.object({
  'trace.id': z.union([traceIdField, z.null()]).optional(),
  'span.id': spanIdField,
  'span.parent_id': parentIdField,
});

export const dynatrace = tableFormat({
  id: 'dynatrace-grail',
  label: 'Dynatrace Grail spans',
  lists: ['records', 'result.records'],
  matchesJson: (head) =>
    PLACES.some((place) => hasSigns((key) => hasKeys(head, [key], [place]))) && !isElastic(head),
  matchesColumns: (columns) =>
    hasSigns((key) => key.split('|').some((name) => columns.has(name))) &&
    ![...columns].some((name) => name === '@timestamp' || ELASTIC.test(name)),
  quick: (record) => {
    const traceId = soundTraceId(ownValue(record, 'trace.id'));
    const spanId = soundSpanId(ownValue(record, 'span.id'));
    const parentId = soundParentId(ownValue(record, 'span.parent_id'));
    if (traceId === undefined || spanId === undefined || parentId === undefined) return undefined;
    return { 'trace.id': traceId, 'span.id': spanId, 'span.parent_id': parentId };
  },
  schema,
  open:
    () =>
    (ids, { raw, note }) => {
      const traceId = ids['trace.id'] ?? NO_TRACE_ID;
      if (traceId === NO_TRACE_ID) {
        note(
          'no-trace-id',
          'kept',
          'Without trace.id all spans count as one trace: add the field to the query.',
        );
      }
      return [dynatraceSpan(raw, { traceId, spanId: ids['span.id'], parentSpanId: ids['span.parent_id'] })];
    },
});

function hasSigns(has: (key: string) => boolean): boolean {
  return has('span.id') && has('trace.id|span.parent_id') && has('start_time|span.kind|request.is_root_span');
}

function isElastic(head: Head): boolean {
  return head.outline?.matches(ELASTIC) === true || head.outline?.matches(/(^|\.)@timestamp$/) === true;
}
