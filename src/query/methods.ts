import type { RequestTable } from '../assembly/request-table.ts';
import { NONE } from '../assembly/span-table.ts';
import type { MethodRow, MethodsAnswer } from '../model/answers-hotspots.ts';
import type { NodeParams } from '../model/answers-spans.ts';
import type { Span } from '../model/span.ts';
import { unionLength } from '../util/intervals.ts';
import { compareText } from '../util/compare-text.ts';
import { codeOf } from './code-of-span.ts';
import { criticalPath } from './critical-path.ts';
import type { TimedTree } from './critical-path.ts';
import { firstOf } from './exceptions-of-span.ts';
import { isLibraryCode } from './library-code.ts';
import { nodeRows } from './node-rows.ts';
import { sampleForest } from './sampled-forest.ts';
import type { Seen, Sightings } from './sightings.ts';
import type { SpanData, SpanForest } from './span-forest.ts';
import { spansByRequest } from './spans-by-request.ts';
import { spanTimes } from './timed-spans.ts';
import { traceIdOf } from './trace-records.ts';

const MOST_ROWS = 500;

/** Names of the languages of library-code.ts by telemetry.sdk.language. */
const LANGUAGES: Readonly<Record<string, string>> = {
  java: 'Java',
  nodejs: 'JavaScript',
  webjs: 'JavaScript',
  dotnet: '.NET',
  python: 'Python',
  go: 'Go',
  ruby: 'Ruby',
  php: 'PHP',
};

/** Self time of the spans of the requests at a node, by name and code (docs/figures.md, Method hotspots). */
export async function describeMethods(data: SpanData, params: NodeParams): Promise<MethodsAnswer> {
  const { table } = data;
  const { found, rows } = nodeRows(table, params);
  const { forest, samples } = await sampleForest(data, [rows]);
  const tree = timedTree(forest);
  const methods = new Methods(table, forest);
  let responseNs = 0;
  let criticalNs = 0;
  const spansOf = spansByRequest(table, forest, samples[0]);
  for (const request of samples[0]) {
    const opening = forest.rowOf(table.span[request]);
    const critical = criticalTimes(tree, opening);
    responseNs += table.durations[request];
    for (const row of spansOf(request)) {
      const onPath = critical.get(row) ?? 0;
      criticalNs += onPath;
      methods.add(row, request, selfTime(tree, row), onPath);
    }
    // Nobody can tell where the time of a request without a start went.
    if (Number.isNaN(tree.starts[opening])) responseNs -= table.durations[request];
  }
  const all = methods.rows();
  return {
    found,
    sampled: { requests: rows.length, looked: samples[0].length },
    rows: all.slice(0, MOST_ROWS),
    leftOut: Math.max(0, all.length - MOST_ROWS),
    responseNs,
    calleesNs: responseNs - criticalNs,
    selfNs: all.reduce((sum, row) => sum + row.selfNs, 0),
  };
}

/** Spans in which requests are seen, each under what it is a row of the table as. */
export async function methodSightings(data: SpanData, rows: Uint32Array): Promise<Sightings> {
  const { table } = data;
  const { forest, samples } = await sampleForest(data, [rows]);
  const spansOf = spansByRequest(table, forest, samples[0]);
  const seenIn = (request: number): readonly Seen[] =>
    spansOf(request).map((row) => ({ seenAs: methodOf(forest.spanAt(row)).seenAs }));
  return { requests: rows.length, looked: samples[0], seenIn };
}

/** The file and line tell spans apart only where they name no function. */
function methodOf(span: Span): Pick<MethodRow, 'seenAs' | 'code' | 'place'> {
  const { code, place } = codeOf(span);
  return { seenAs: [span.name, String(span.kind), code, code === '' ? place : ''], code, place };
}

function timedTree(forest: SpanForest): TimedTree {
  const { starts, ends } = spanTimes(forest);
  const children: number[][] = Array.from(starts, () => []);
  for (const row of forest.tree.order) {
    const parent = forest.tree.parent[row];
    if (parent !== NONE) children[parent].push(row);
  }
  return { children, starts, ends };
}

/** ns of the critical path of a span, by the span that they fall to. */
function criticalTimes(tree: TimedTree, root: number): Map<number, number> {
  const times = new Map<number, number>();
  for (const { span, from, to } of criticalPath(tree, root)) {
    times.set(span, (times.get(span) ?? 0) + to - from);
  }
  return times;
}

/** ns of a span that none of its children covers; 0 where it bears no time. */
function selfTime({ children, starts, ends }: TimedTree, row: number): number {
  const duration = ends[row] - starts[row];
  if (!(duration > 0)) return 0;
  const within = children[row]
    .map((child) => [Math.max(starts[row], starts[child]), Math.min(ends[row], ends[child])] as const)
    .filter(([from, to]) => to > from);
  const froms = Float64Array.from(within, ([from]) => from);
  const tos = Float64Array.from(within, ([, to]) => to);
  return duration - unionLength(froms, tos);
}

type OpenRow = { -readonly [Key in keyof MethodRow]: MethodRow[Key] } & {
  lastRequest: number;
  longestNs: number;
};

class Methods {
  readonly #table: RequestTable;
  readonly #forest: SpanForest;
  readonly #rows = new Map<string, OpenRow>();

  constructor(table: RequestTable, forest: SpanForest) {
    this.#table = table;
    this.#forest = forest;
  }

  /** All spans of a request are added one after another. */
  add(row: number, request: number, selfNs: number, criticalNs: number): void {
    const span = this.#forest.spanAt(row);
    const method = methodOf(span);
    const key = JSON.stringify(method.seenAs);
    const known = this.#rows.get(key) ?? emptyRow(span, method);
    this.#rows.set(key, known);
    known.spans++;
    known.selfNs += selfNs;
    known.criticalNs += criticalNs;
    if (known.lastRequest !== request) known.requests++;
    known.lastRequest = request;
    if (selfNs > known.longestNs) {
      known.longestNs = selfNs;
      known.traceId = traceIdOf(this.#table, this.#forest.records[row]);
      known.spanId = span.spanId;
    }
  }

  rows(): MethodRow[] {
    return [...this.#rows.values()]
      .sort((a, b) => b.selfNs - a.selfNs || b.spans - a.spans || compareText(a.name, b.name))
      .map(({ lastRequest: _last, longestNs: _longest, ...row }) => row);
  }
}

function emptyRow(span: Span, { seenAs, code, place }: ReturnType<typeof methodOf>): OpenRow {
  const language = LANGUAGES[firstOf(span.resource.attributes, ['telemetry.sdk.language'])] ?? '';
  return {
    seenAs,
    name: span.name,
    kind: span.kind,
    code,
    place,
    own: code === '' ? null : !isLibraryCode(language, code, place),
    spans: 0,
    requests: 0,
    selfNs: 0,
    criticalNs: 0,
    traceId: '',
    spanId: '',
    lastRequest: NONE,
    longestNs: -1,
  };
}
