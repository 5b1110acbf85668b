/** The spans of some traces and how they hang together, read again from their segments. */
import { joinDuplicates } from '../assembly/duplicates.ts';
import { DatasetTexts } from '../assembly/dataset-texts.ts';
import type { SegmentFacts } from '../assembly/fact-columns.ts';
import { recordColumns } from '../assembly/record-columns.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { ResourceTable } from '../assembly/resource-table.ts';
import { NONE, SpanTable } from '../assembly/span-table.ts';
import { growSpanTree } from '../assembly/span-tree.ts';
import type { SpanTree } from '../assembly/span-tree.ts';
import { treeFactsOf } from '../assembly/tree-facts.ts';
import { SegmentReader } from '../columns/segment-reader.ts';
import type { SpanSource } from '../columns/span-source.ts';
import { firstNotBelow } from '../util/sorted.ts';
import { readRuns } from './segment-runs.ts';
import { isInferred } from '../model/service.ts';
import type { Span, SpanEvent } from '../model/span.ts';

/** What questions about spans are asked of. */
export interface SpanData {
  readonly table: RequestTable;
  readonly spans: SpanSource;
}

export interface SpanForest {
  /** Record numbers, ascending. A row is a place in this list. */
  readonly records: Uint32Array;
  /** Only `primary` rows are spans of their own; the others completed them. Names and attributes: `spanAt`. */
  readonly table: SpanTable;
  readonly tree: SpanTree;
  /** By row: the request that the span is part of, as a row of the request table; NONE for duplicates. */
  readonly requestOf: Int32Array;
  /** The span of a primary row, completed by its later records (SEMANTICS §1). */
  readonly spanAt: (row: number) => Span;
  /** Row of a record that is in the forest, else NONE. */
  readonly rowOf: (record: number) => number;
}

/**
 * `records` ascend and are all those of their traces. Spans that are made when asked for keep the texts of their
 * segments: for records of a few segments, where few of the spans are looked at.
 */
export async function loadForest(
  data: SpanData,
  records: Uint32Array,
  made: 'at once' | 'when asked for' = 'at once',
): Promise<SpanForest> {
  // Those of the resources.
  const texts = new DatasetTexts(1024, 32 * 1024);
  const resources = new ResourceTable(texts);
  const parts: SegmentFacts[] = [];
  const spans: (() => Span)[] = [];
  const loaded = readRuns(data.table, records, (number) => data.spans.segment(number));
  for await (const [{ firstRecord, from, to }, { segment }] of loaded) {
    const rows = records.slice(from, to).map((record) => record - firstRecord);
    parts.push(treeFactsOf(segment, rows, texts, resources));
    const reader = new SegmentReader(segment);
    for (const row of rows) {
      spans.push(made === 'at once' ? madeAtOnce(reader.span(row)) : madeWhenAskedFor(reader, row));
    }
  }
  const table = new SpanTable(recordColumns(parts), texts, resources);
  const { index } = joinDuplicates(table);
  const tree = growSpanTree(table, index);
  const rowOf = (record: number): number => indexIn(records, record, records.length);
  return {
    records,
    table,
    tree,
    requestOf: requestsOf(data.table, records, tree),
    spanAt: (row) => completedSpan(spans, table, row),
    rowOf,
  };
}

/** Holds nothing but the span. */
function madeAtOnce(span: Span): () => Span {
  return () => span;
}

function madeWhenAskedFor(reader: SegmentReader, row: number): () => Span {
  let span: Span | null = null;
  return () => (span ??= reader.span(row));
}

/** Spans open the requests that the request table says; all others are part of their parent's. */
function requestsOf(requests: RequestTable, records: Uint32Array, tree: SpanTree): Int32Array {
  const traced = tracedRequests(requests);
  const requestOf = new Int32Array(records.length).fill(NONE);
  for (const row of tree.order) {
    const opened = indexIn(requests.span, records[row], traced);
    const parent = tree.parent[row];
    requestOf[row] = opened === NONE && parent !== NONE ? requestOf[parent] : opened;
  }
  return requestOf;
}

/** Traced requests come first, in the order of their records; inferred ones follow. */
export function tracedRequests({ count, service, services }: RequestTable): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isInferred(services[service[middle]].type)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Place of a value among the first `count` of an ascending list, or NONE. */
function indexIn(list: Uint32Array, value: number, count: number): number {
  const place = firstNotBelow(list, value, count);
  return place < count && list[place] === value ? place : NONE;
}

function completedSpan(spans: readonly (() => Span)[], table: SpanTable, row: number): Span {
  let span = spans[row]();
  for (let later = table.nextRecord[row]; later !== NONE; later = table.nextRecord[later]) {
    span = completed(span, spans[later]());
  }
  return span;
}

/** What the first record lacks is taken from the later one; what it has stays. */
function completed(span: Span, later: Span): Span {
  return {
    ...span,
    parentSpanId: span.parentSpanId ?? later.parentSpanId,
    name: span.name || later.name,
    kind: span.kind || later.kind,
    startUnixNano: span.startUnixNano ?? later.startUnixNano,
    durationNs: span.durationNs ?? later.durationNs,
    status: span.status || later.status,
    statusMessage: span.statusMessage || later.statusMessage,
    shared: span.shared || later.shared,
    attributes: new Map([...later.attributes, ...span.attributes]),
    events: completedEvents(span.events, later),
    links: span.links.length > 0 ? span.links : later.links,
  };
}

/** What a partial record adds is added once, though its file be dropped twice. */
function completedEvents(events: readonly SpanEvent[], later: Span): readonly SpanEvent[] {
  if (events.length === 0) return later.events;
  if (!later.partial) return events;
  const known = new Set(events.map(textOfEvent));
  return [...events, ...later.events.filter((event) => !known.has(textOfEvent(event)))];
}

function textOfEvent({ name, timeUnixNano, attributes }: SpanEvent): string {
  return JSON.stringify([name, String(timeUnixNano), ...attributes]);
}
