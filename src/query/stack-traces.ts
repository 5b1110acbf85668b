import { NONE } from '../assembly/span-table.ts';
import type { CodePlace, NodeParams, StackGroup, StackTracesAnswer } from '../model/answers-spans.ts';
import { isInferred } from '../model/service.ts';
import type { Span } from '../model/span.ts';
import { messageWithoutIds } from '../util/id-free.ts';
import { compareText } from '../util/compare-text.ts';
import { exceptionsOf } from './exceptions-of-span.ts';
import type { SpanException } from './exceptions-of-span.ts';
import { codeOf } from './code-of-span.ts';
import { nodeRows } from './node-rows.ts';
import { sampleForest } from './sampled-forest.ts';
import type { SpanData, SpanForest } from './span-forest.ts';
import { parseStack } from './stack-frames.ts';
import { traceIdOf } from './trace-records.ts';

/** Frames that two stacks must share, from the innermost on, to be grouped. */
const COMPARED_FRAMES = 5;
const MOST_GROUPS = 100;

/** Exceptions of the requests at a node by stack, and the code that their calls were made from. */
export async function describeStackTraces(data: SpanData, params: NodeParams): Promise<StackTracesAnswer> {
  const { table } = data;
  const { found, rows } = nodeRows(table, params);
  const excepted = rows.filter((row) => table.exception[row] !== 0);
  const { forest, samples } = await sampleForest(data, [excepted, rows]);
  const [exceptedSample, callSample] = samples;
  const groups = groupStacks(data, forest, new Set(exceptedSample));
  const places = groupPlaces(data, forest, callSample);
  return {
    found,
    exceptions: { requests: excepted.length, looked: exceptedSample.length },
    groups: groups.slice(0, MOST_GROUPS),
    calls: { requests: rows.length, looked: callSample.length },
    ...places,
  };
}

type OpenGroup = { -readonly [Key in keyof StackGroup]: StackGroup[Key] } & { seenIn: Set<number> };

function groupStacks(data: SpanData, forest: SpanForest, requests: ReadonlySet<number>): StackGroup[] {
  const { table } = data;
  const groups = new Map<string, OpenGroup>();
  for (const { row, request } of spansOf(data, forest, requests)) {
    const span = forest.spanAt(row);
    for (const exception of exceptionsOf(span)) {
      const fresh = groupOf(data, forest, { row, request }, exception);
      const key = keyOf(fresh);
      const group = groups.get(key) ?? fresh;
      groups.set(key, group);
      group.exceptions++;
      if (group.seenIn.has(request)) continue;
      group.seenIn.add(request);
      group.requests++;
      group.failedRequests += table.failed[request];
    }
  }
  return [...groups.values()]
    .sort(
      (a, b) => b.requests - a.requests || compareText(a.type, b.type) || compareText(a.message, b.message),
    )
    .map(({ seenIn: _, ...group }) => group);
}

interface SpanOfRequest {
  readonly row: number;
  readonly request: number;
}

/** The spans of the requests; an inferred one has the span that stands for it. */
function spansOf({ table }: SpanData, forest: SpanForest, requests: ReadonlySet<number>): SpanOfRequest[] {
  const own = Array.from(forest.tree.order, (row) => ({ row, request: forest.requestOf[row] }));
  const inferred = [...requests]
    .filter((request) => isInferred(table.services[table.service[request]].type))
    .map((request) => ({ row: forest.rowOf(table.span[request]), request }));
  return [...own.filter(({ request }) => requests.has(request)), ...inferred];
}

function groupOf(
  { table }: SpanData,
  forest: SpanForest,
  { row, request }: SpanOfRequest,
  exception: SpanException,
): OpenGroup {
  const { language, frames } = parseStack(exception.stack);
  return {
    type: exception.type,
    message: messageWithoutIds(exception.message),
    example: exception.message,
    language,
    frames,
    service: table.services[table.service[request]],
    exceptions: 0,
    requests: 0,
    failedRequests: 0,
    traceId: traceIdOf(table, forest.records[row]),
    spanId: forest.spanAt(row).spanId,
    seenIn: new Set(),
  };
}

/** Type, message without ids, and the innermost own frames without their lines (FORMATS §4.7). */
function keyOf({ type, message, frames, service }: StackGroup): string {
  const own = frames.filter((frame) => frame.own);
  const compared = (own.length > 0 ? own : frames).slice(0, COMPARED_FRAMES);
  const withoutLines = compared.map(({ code, place }) => [code, place.replace(/(?::\d+)+$/, '')]);
  return JSON.stringify([type, message, service.name, withoutLines]);
}

function groupPlaces(
  { table }: SpanData,
  forest: SpanForest,
  requests: Uint32Array,
): Pick<StackTracesAnswer, 'places' | 'withoutCallingSpan' | 'withoutCode'> {
  const places = new Map<string, CodePlace & { requests: number; failedRequests: number }>();
  let withoutCallingSpan = 0;
  let withoutCode = 0;
  for (const request of requests) {
    const row = callingRow(table.services[table.service[request]].type, forest, table.span[request]);
    const found = row === NONE ? null : codeAbove(forest, row);
    if (row === NONE) withoutCallingSpan++;
    else if (!found) withoutCode++;
    if (!found) continue;
    const service = table.services[table.service[forest.requestOf[found.row]]];
    const key = JSON.stringify([service.name, found.code, found.place]);
    const place = places.get(key) ?? {
      service,
      code: found.code,
      place: found.place,
      spanName: found.span.name,
      requests: 0,
      failedRequests: 0,
      traceId: traceIdOf(table, forest.records[found.row]),
      spanId: found.span.spanId,
    };
    places.set(key, place);
    place.requests++;
    place.failedRequests += table.failed[request];
  }
  const sorted = [...places.values()].sort((a, b) => b.requests - a.requests || compareText(a.code, b.code));
  return { places: sorted, withoutCallingSpan, withoutCode };
}

/** The span that called: an inferred request's own, of a traced one the parent or link of its opening span. */
function callingRow(type: Parameters<typeof isInferred>[0], forest: SpanForest, record: number): number {
  const row = forest.rowOf(record);
  if (row === NONE || isInferred(type)) return row;
  const { parent, linked } = forest.tree;
  return parent[row] === NONE ? linked[row] : parent[row];
}

interface CodeFound {
  readonly row: number;
  readonly span: Span;
  readonly code: string;
  readonly place: string;
}

/** The nearest span from the calling one upwards, within its request, that names its code. */
function codeAbove(forest: SpanForest, from: number): CodeFound | null {
  const request = forest.requestOf[from];
  for (let row = from; row !== NONE && forest.requestOf[row] === request; row = forest.tree.parent[row]) {
    const span = forest.spanAt(row);
    const { code, place } = codeOf(span);
    if (code !== '' || place !== '') return { row, span, code, place };
  }
  return null;
}
