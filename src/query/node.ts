import type { RequestTable } from '../assembly/request-table.ts';
import { startRange } from '../assembly/starts.ts';
import type { ChainPath, Filter, NodeAnswer, NodeEndpointRow, Target, TimeSeries } from '../model/answers.ts';
import { compareText } from '../util/compare-text.ts';
import { CallerFinder, figuresOf, rootRequests } from './backtrace-levels.ts';
import type { CallCounts, NodeRequests } from './backtrace-levels.ts';
import { serviceNumber } from './chain-filter.ts';
import { countOf, failedOf, timesOf } from './extrapolation.ts';
import { positionsBy, reasonsOf } from './groups.ts';
import { EMPTY_SERIES } from './service.ts';
import { selectTargets } from './targets.ts';
import { timeSeriesOf } from './time-series.ts';

/** Details of one node of a backtrace: figures, endpoints (or user actions), time series, reasons. */
export function describeNode(
  table: RequestTable,
  target: Target,
  filter: Filter,
  path: ChainPath,
): NodeAnswer {
  const { found, rows } = selectTargets(table, target, filter);
  const root = rootRequests(table, found ? serviceNumber(table, target.service) : 0, rows);
  const node = found ? follow(table, root, path) : null;
  const at = node ?? { ...root, rows: new Uint32Array() };
  return {
    path,
    found: node !== null,
    figures: figuresOf(table, at, countOf(table, rows)),
    userActions: path.at(-1)?.type === 'application',
    endpoints: nodeEndpoints(table, at),
    series: seriesOf(table, at.rows),
    reasons: reasonsOf(table, at.rows),
  };
}

/** The node that the path leads to; null: no target request came this way. */
function follow(table: RequestTable, root: NodeRequests, path: ChainPath): NodeRequests | null {
  const finder = new CallerFinder(table);
  let node: NodeRequests | null = root;
  for (const step of path.slice(1)) {
    const service = serviceNumber(table, step);
    node = node && (finder.callersOf(node).find((caller) => caller.service === service) ?? null);
  }
  return node && node.rows.length > 0 ? node : null;
}

/** The node's endpoints by requests to the next service of the chain, most first, then by name. */
function nodeEndpoints(table: RequestTable, node: NodeRequests): NodeEndpointRow[] {
  const groups = positionsBy(node.rows, table.endpoint);
  const endpoints = [...groups].map(([endpoint, positions]): NodeEndpointRow => {
    const sum = (counts: CallCounts): number => positions.reduce((total, at) => total + counts[at], 0);
    const members = Uint32Array.from(positions, (position) => node.rows[position]);
    return {
      name: table.texts[endpoint],
      requests: countOf(table, members),
      failedRequests: failedOf(table, members),
      calls: sum(node.calls),
      failedCalls: sum(node.failedCalls),
      responseTime: timesOf(table, members),
    };
  });
  return endpoints.sort((a, b) => b.requests - a.requests || compareText(a.name, b.name));
}

/** The node's requests may begin before the timeframe of their targets, so their own range is drawn. */
function seriesOf(table: RequestTable, rows: Uint32Array): TimeSeries {
  const range = startRange(table.starts, rows);
  return range ? timeSeriesOf(table, rows, range.from, range.to) : EMPTY_SERIES;
}
