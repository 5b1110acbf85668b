import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter, ServiceAnswer, Target, TimeSeries } from '../model/answers.ts';
import { serviceNumber } from './chain-filter.ts';
import { countOf, failedOf, timesOf } from './extrapolation.ts';
import { endpointsOf, reasonsOf } from './groups.ts';
import { selectTargets } from './targets.ts';
import { closedTimeframe } from './timeframe.ts';
import { timeSeriesOf } from './time-series.ts';

export const EMPTY_SERIES: TimeSeries = { widthNs: 0n, buckets: [] };

/** Key figures of one service's requests. */
export function describeService(table: RequestTable, target: Target, filter: Filter): ServiceAnswer {
  const { found, rows } = selectTargets(table, target, filter);
  const timeframe = closedTimeframe(table, filter.timeframe);
  return {
    target,
    found,
    requests: countOf(table, rows),
    failedRequests: failedOf(table, rows),
    responseTime: timesOf(table, rows),
    instances: new Set(rows.map((row) => table.instance[row])).size,
    tracedTwin: found && table.tracedTwins[serviceNumber(table, target.service)] === 1,
    series: timeframe ? timeSeriesOf(table, rows, timeframe.from, timeframe.to) : EMPTY_SERIES,
    endpoints: endpointsOf(table, rows),
    reasons: reasonsOf(table, rows),
  };
}
