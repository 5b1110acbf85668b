/**
 * The backtrace as CSV (RFC 4180): one row per node, its chain as text from the node to the chosen service. Of
 * several services chosen together the root names all, joined by ` + `.
 */
import type { BacktraceNode } from '../../model/answers.ts';
import { nameOfServices } from '../../model/service.ts';
import { csvText } from '../parts/csv.ts';
import type { CsvCell } from '../parts/csv.ts';

type Column = readonly [heading: string, value: (node: BacktraceNode) => string | number];

const COLUMNS: readonly Column[] = [
  ['service', nameOfServices],
  ['type', typesOf],
  ['calls', (node) => node.calls],
  ['failedCalls', (node) => node.failedCalls],
  ['requests', (node) => node.requests],
  ['failedRequests', (node) => node.failedRequests],
  ['share', (node) => node.share],
  ['hit', (node) => node.hit],
  ['hitFailed', (node) => node.hitFailed],
  ['notHit', (node) => node.notHit],
  ['notHitFailed', (node) => node.notHitFailed],
  ['endsUserAction', (node) => node.ends.userAction],
  ['endsEntryPoint', (node) => node.ends.entryPoint],
  ['endsCallerMissing', (node) => node.ends.callerMissing],
  ['responseTimeAverageMs', (node) => node.responseTime.average],
  ['responseTimeMedianMs', (node) => node.responseTime.median],
  ['responseTimeP75Ms', (node) => node.responseTime.p75],
  ['responseTimeP90Ms', (node) => node.responseTime.p90],
  ['responseTimeP95Ms', (node) => node.responseTime.p95],
  ['responseTimeP99Ms', (node) => node.responseTime.p99],
  ['responseTimeMaxMs', (node) => node.responseTime.max],
];

/** Beside estimates. */
const IN_DATA: readonly Column[] = [
  ['callsInData', (node) => node.inData?.calls ?? 0],
  ['failedCallsInData', (node) => node.inData?.failedCalls ?? 0],
  ['requestsInData', (node) => node.inData?.requests ?? 0],
  ['failedRequestsInData', (node) => node.inData?.failedRequests ?? 0],
];

/** Of several services chosen together each, in their order. */
function typesOf({ service, others = [] }: BacktraceNode): string {
  return [service, ...others].map(({ type }) => type).join(' + ');
}

/** Lines end in CRLF; the chain reads caller first: `browser > web > shop`. */
export function backtraceCsv(root: BacktraceNode): string {
  const columns = root.inData === undefined ? COLUMNS : [...COLUMNS, ...IN_DATA];
  const rows: CsvCell[][] = [['chain', ...columns.map(([heading]) => heading)]];
  const pending = [{ node: root, chain: nameOfServices(root) }];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { node, chain } = item;
    rows.push([chain, ...columns.map(([, value]) => value(node))]);
    for (const caller of node.callers.toReversed()) {
      pending.push({ node: caller, chain: `${caller.service.name} > ${chain}` });
    }
  }
  return csvText(rows);
}
