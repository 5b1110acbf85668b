/** What is remembered of a dataset is worked out, and the questions are rehearsed, before somebody asks. */
import { calleesOf } from '../assembly/callees.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { SegmentLoader } from '../columns/span-source.ts';
import { listAttributeKeys } from './attribute-keys.ts';
import { outcomeCases } from './outcome-cases.ts';
import { rehearse } from './rehearsal.ts';
import { recordsOf } from './request-records.ts';
import { loadResources } from './scanned-columns.ts';
import { recordsOfAll } from './span-scan.ts';
import { spanSource } from './span-sources.ts';
import { wholeRange } from './timeframe.ts';
import { recordsByTrace } from './trace-records.ts';

/** A step at a time: the longest takes 50 ms with a million spans. Rejects as `load` does. */
export async function* prepareAtRest(table: RequestTable, load: SegmentLoader): AsyncGenerator<void> {
  for (const prepare of [recordsOf, wholeRange, calleesOf, recordsByTrace, recordsOfAll, outcomeCases]) {
    prepare(table);
    yield;
  }
  const data = { table, spans: spanSource(table, load) };
  await loadResources(data);
  yield;
  await listAttributeKeys(data);
  yield;
  yield* rehearse(table, load);
}
