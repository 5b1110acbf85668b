import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter, ServiceRow, ServicesAnswer } from '../model/answers.ts';
import { compareText } from '../util/compare-text.ts';
import { countOf, failedOf, timesOf } from './extrapolation.ts';
import { percentilesOf } from './response-time.ts';
import { compileFilter } from './targets.ts';
import type { RowTest } from './conditions.ts';

const known = new WeakMap<RequestTable, ServicesAnswer>();

/**
 * Key figures of every service with a request that passes the filter; sorted by name, then type. Those of all
 * requests are kept: every list of services to choose from asks for them.
 */
export function listServices(table: RequestTable, filter: Filter): ServicesAnswer {
  if (!passesAll(filter)) return servicesWithin(table, filter);
  const answer = known.get(table) ?? servicesWithin(table, filter);
  known.set(table, answer);
  return answer;
}

function passesAll({ timeframe, chains, where, zones }: Filter): boolean {
  const isWhole = timeframe.from === null && timeframe.to === null;
  return isWhole && chains.length === 0 && where === null && zones.length === 0;
}

function servicesWithin(table: RequestTable, filter: Filter): ServicesAnswer {
  const passes = compileFilter(table, filter);
  if (table.weights !== null) return estimatedServices(table, table.weights, passes);
  const sizes = new Uint32Array(table.services.length);
  for (let row = 0; row < table.count; row++) if (passes(row)) sizes[table.service[row]]++;
  const durations = Array.from(sizes, (size) => new Float64Array(size));
  const filled = new Uint32Array(sizes.length);
  const failed = new Uint32Array(sizes.length);
  const sums = new Float64Array(sizes.length);
  for (let row = 0; row < table.count; row++) {
    if (!passes(row)) continue;
    const service = table.service[row];
    durations[service][filled[service]++] = table.durations[row];
    failed[service] += table.failed[row];
    sums[service] += table.durations[row];
  }
  const total = sums.reduce((sum, service) => sum + service, 0);
  const services = table.services.flatMap((service, number): ServiceRow[] => {
    if (sizes[number] === 0) return [];
    const [median, p95] = percentilesOf(durations[number], [50, 95]);
    return [
      {
        service,
        requests: sizes[number],
        failedRequests: failed[number],
        median,
        p95,
        shareOfTime: total === 0 ? 0 : sums[number] / total,
        tracedTwin: table.tracedTwins[number] === 1,
      },
    ];
  });
  return { services: services.sort(compareRows) };
}

function compareRows(a: ServiceRow, b: ServiceRow): number {
  return compareText(a.service.name, b.service.name) || compareText(a.service.type, b.service.type);
}

/** As listServices, of what the requests stand for. */
function estimatedServices(table: RequestTable, weights: Float64Array, passes: RowTest): ServicesAnswer {
  const rowsOf = table.services.map((): number[] => []);
  for (let row = 0; row < table.count; row++) if (passes(row)) rowsOf[table.service[row]].push(row);
  const members = rowsOf.map((rows) => Uint32Array.from(rows));
  const sums = members.map((rows) => rows.reduce((sum, row) => sum + weights[row] * table.durations[row], 0));
  const total = sums.reduce((sum, service) => sum + service, 0);
  const services = table.services.flatMap((service, number): ServiceRow[] => {
    const rows = members[number];
    if (rows.length === 0) return [];
    const { median, p95 } = timesOf(table, rows);
    return [
      {
        service,
        requests: countOf(table, rows),
        failedRequests: failedOf(table, rows),
        median,
        p95,
        shareOfTime: total === 0 ? 0 : sums[number] / total,
        tracedTwin: table.tracedTwins[number] === 1,
      },
    ];
  });
  return { services: services.sort(compareRows) };
}
