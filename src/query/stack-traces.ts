import type { RequestTable } from '../assembly/request-table.ts';
import { NONE } from '../assembly/span-table.ts';
import type {
  CodePlace,
  NodeParams,
  StackFrame,
  StackGroup,
  StackTracesAnswer,
} from '../model/answers-spans.ts';
import { isInferred } from '../model/service.ts';
import { messageWithoutIds } from '../util/id-free.ts';
import { compareText } from '../util/compare-text.ts';
import { exceptionsOf } from './exceptions-of-span.ts';
import type { SpanException } from './exceptions-of-span.ts';
import { codeOf } from './code-of-span.ts';
import { nodeRows } from './node-rows.ts';
import { sampleForest } from './sampled-forest.ts';
import { countSightings, sampledOf } from './sightings.ts';
import type { Sightings } from './sightings.ts';
import type { SpanData, SpanForest } from './span-forest.ts';
import { spansByRequest } from './spans-by-request.ts';
import { parseStack } from './stack-frames.ts';
import { traceIdOf } from './trace-records.ts';

/** Frames that two stacks must share, from the innermost on, to be grouped. */
const COMPARED_FRAMES = 5;
const MOST_GROUPS = 100;

type Stack = Omit<StackGroup, 'requests' | 'failedRequests' | 'exceptions'>;
type Code = Omit<CodePlace, 'requests' | 'failedRequests'>;

/** Exceptions of the requests at a node by stack, and the code that their calls were made from. */
export async function describeStackTraces(data: SpanData, params: NodeParams): Promise<StackTracesAnswer> {
  const { table } = data;
  const { found, rows } = nodeRows(table, params);
  const { stacks, code } = await readStacks(data, rows);
  const groups = countSightings(table, stacks)
    .rows.map(({ row, times, ...counts }): StackGroup => ({ ...row, ...counts, exceptions: times }))
    .sort(
      (a, b) => b.requests - a.requests || compareText(a.type, b.type) || compareText(a.message, b.message),
    );
  const { rows: places, without } = countSightings(table, code);
  const isNamed = ({ row }: (typeof places)[number]): boolean => row.code !== '' || row.place !== '';
  return {
    found,
    exceptions: sampledOf(stacks),
    groups: groups.slice(0, MOST_GROUPS),
    calls: sampledOf(code),
    places: places
      .filter(isNamed)
      .map(({ row, requests, failedRequests }): CodePlace => ({ ...row, requests, failedRequests }))
      .sort((a, b) => b.requests - a.requests || compareText(a.code, b.code)),
    withoutCallingSpan: without,
    withoutCode: places.find((place) => !isNamed(place))?.requests ?? 0,
  };
}

/** Exceptions in the requests that bear any, and the code that called all of them. */
export async function readStacks(
  data: SpanData,
  rows: Uint32Array,
): Promise<{ readonly stacks: Sightings<Stack>; readonly code: Sightings<Code> }> {
  const { table } = data;
  const excepted = rows.filter((row) => table.exception[row] !== 0);
  const { forest, samples } = await sampleForest(data, [excepted, rows]);
  const spansOf = spansByRequest(table, forest, samples[0]);
  return {
    stacks: {
      requests: excepted.length,
      looked: samples[0],
      seenIn: (request) =>
        spansOf(request).flatMap((row) =>
          exceptionsOf(forest.spanAt(row)).map((exception) =>
            stackOf(table, forest, request, row, exception),
          ),
        ),
    },
    code: {
      requests: rows.length,
      looked: samples[1],
      seenIn: (request) => callingCode(table, forest, request),
    },
  };
}

function stackOf(
  table: RequestTable,
  forest: SpanForest,
  request: number,
  row: number,
  exception: SpanException,
): Stack {
  const { language, frames } = parseStack(exception.stack);
  const service = table.services[table.service[request]];
  const message = messageWithoutIds(exception.message);
  return {
    seenAs: [exception.type, message, service.name, ...comparedFrames(frames)],
    type: exception.type,
    message,
    example: exception.message,
    language,
    frames,
    service,
    traceId: traceIdOf(table, forest.records[row]),
    spanId: forest.spanAt(row).spanId,
  };
}

/** The innermost own frames, of any code where none is own, without their lines (FORMATS §4.7). */
function comparedFrames(frames: readonly StackFrame[]): readonly string[] {
  const own = frames.filter((frame) => frame.own);
  const compared = (own.length > 0 ? own : frames).slice(0, COMPARED_FRAMES);
  return compared.map(({ code, place }) => `${code} (${place.replace(/(?::\d+)+$/, '')})`);
}

/** At most one; without texts where the calling span says nothing of its code, none where that is not in the data. */
function callingCode(table: RequestTable, forest: SpanForest, request: number): readonly Code[] {
  const from = callingRow(table.services[table.service[request]].type, forest, table.span[request]);
  if (from === NONE) return [];
  const { row, code, place } = codeAbove(forest, from) ?? { row: from, code: '', place: '' };
  const service = table.services[table.service[forest.requestOf[row]]];
  const isNamed = code !== '' || place !== '';
  const span = forest.spanAt(row);
  return [
    {
      seenAs: isNamed ? [code, place, service.name] : ['', '', ''],
      service,
      code,
      place,
      spanName: span.name,
      traceId: traceIdOf(table, forest.records[row]),
      spanId: span.spanId,
    },
  ];
}

/** The span that called: an inferred request's own, of a traced one the parent or link of its opening span. */
function callingRow(type: Parameters<typeof isInferred>[0], forest: SpanForest, record: number): number {
  const row = forest.rowOf(record);
  if (row === NONE || isInferred(type)) return row;
  const { parent, linked } = forest.tree;
  return parent[row] === NONE ? (linked.get(row) ?? NONE) : parent[row];
}

interface CodeFound {
  readonly row: number;
  readonly code: string;
  readonly place: string;
}

/** The nearest span from the calling one upwards, within its request, that names its code. */
function codeAbove(forest: SpanForest, from: number): CodeFound | null {
  const request = forest.requestOf[from];
  for (let row = from; row !== NONE && forest.requestOf[row] === request; row = forest.tree.parent[row]) {
    const { code, place } = codeOf(forest.spanAt(row));
    if (code !== '' || place !== '') return { row, code, place };
  }
  return null;
}
