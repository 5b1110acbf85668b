/**
 * The backtrace as a JSON file: fields as in SEMANTICS.md §6, times in ms, callers by calls, then name. Where
 * the counts are estimates, `inData` holds those of the data; `others` of the root are the services that were
 * chosen together with its `service`, whose requests it counts too.
 */
import type { BacktraceNode, ResponseTime } from '../../model/answers.ts';

/** Deeper than this the text is not indented: indentation alone would outgrow the figures. */
const INDENTED_DEPTH = 64;

/** JSON text of the backtrace, its root being the chosen service. Does not recurse: chains may be very long. */
export function backtraceJson(root: BacktraceNode): string {
  const indented = depthOf(root) <= INDENTED_DEPTH;
  const out: string[] = [];
  interface Open {
    readonly callers: readonly BacktraceNode[];
    next: number;
    readonly depth: number;
  }
  const open: Open[] = [];
  const begin = (node: BacktraceNode, depth: number) => {
    out.push(figuresText(node, indented ? depth : null));
    open.push({ callers: inExportOrder(node.callers), next: 0, depth });
  };
  begin(root, 0);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (top.next < top.callers.length) {
      out.push(top.next > 0 ? ',' : '', lineBreak(indented, top.depth * 2 + 2));
      begin(top.callers[top.next++], top.depth + 1);
    } else {
      if (top.callers.length > 0) out.push(lineBreak(indented, top.depth * 2 + 1));
      out.push(']', lineBreak(indented, top.depth * 2), '}');
      open.pop();
    }
  }
  return `${out.join('')}\n`;
}

function lineBreak(indented: boolean, level: number): string {
  return indented ? `\n${'  '.repeat(level)}` : '';
}

/** `{…,"callers":[` with all figures; depth null: on one line. */
function figuresText(node: BacktraceNode, depth: number | null): string {
  const figures = {
    service: node.service.name,
    type: node.service.type,
    ...(node.others && { others: node.others.map(({ name, type }) => ({ service: name, type })) }),
    calls: node.calls,
    failedCalls: node.failedCalls,
    requests: node.requests,
    failedRequests: node.failedRequests,
    hit: node.hit,
    hitFailed: node.hitFailed,
    ends: {
      userAction: node.ends.userAction,
      entryPoint: node.ends.entryPoint,
      callerMissing: node.ends.callerMissing,
    },
    responseTime: responseTimeFields(node.responseTime),
    ...(node.inData === undefined ? {} : { inData: node.inData }),
    callers: [],
  };
  if (depth === null) return JSON.stringify(figures).slice(0, -2);
  return JSON.stringify(figures, null, 2)
    .replace(/\]\n\}$/, '')
    .replaceAll('\n', lineBreak(true, depth * 2));
}

function responseTimeFields(times: ResponseTime): ResponseTime {
  return {
    count: times.count,
    average: times.average,
    median: times.median,
    p75: times.p75,
    p90: times.p90,
    p95: times.p95,
    p99: times.p99,
    max: times.max,
  };
}

function inExportOrder(callers: readonly BacktraceNode[]): readonly BacktraceNode[] {
  return callers.toSorted(
    (a, b) =>
      b.calls - a.calls ||
      byCodeUnits(a.service.name, b.service.name) ||
      byCodeUnits(a.service.type, b.service.type),
  );
}

function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function depthOf(root: BacktraceNode): number {
  let deepest = 0;
  const pending = [{ node: root, depth: 0 }];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    deepest = Math.max(deepest, item.depth);
    for (const node of item.node.callers) pending.push({ node, depth: item.depth + 1 });
  }
  return deepest;
}
