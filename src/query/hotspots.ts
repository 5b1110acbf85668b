import type { RequestTable } from '../assembly/request-table.ts';
import { isUncounted } from '../model/answers-hotspots.ts';
import type { FindingKey, HotspotsAnswer, UncountedKey } from '../model/answers-hotspots.ts';
import type { NodeParams } from '../model/answers-spans.ts';
import { serviceNumber } from './chain-filter.ts';
import { FindingCollector } from './hotspot-findings.ts';
import { HotspotPlaces } from './hotspot-places.ts';
import { nodeRows } from './node-rows.ts';
import { servicesAt } from './places.ts';
import { followPaths } from './waited-time.ts';

/** Where the response time of the requests at a node goes, each ns to exactly one place (docs/figures.md, Hotspots). */
export function describeHotspots(table: RequestTable, params: NodeParams): HotspotsAnswer {
  const { target, path } = params;
  const { rows } = nodeRows(table, params);
  if (rows.length === 0) return { target, path, nodes: [], findings: [], outside: 0, withoutTime: 0 };
  const places = new HotspotPlaces(table, serviceNumber(table, path[path.length - 1]));
  const findings = new FindingCollector(table);
  const uncounted = { outside: 0, withoutTime: 0 };
  followPaths(
    {
      table,
      placeOf: (caller, row) => places.below(caller, row),
      visit: (stop) => {
        places.count(stop);
        findings.look(stop);
      },
      leaveOut: (_, why) => uncounted[why]++,
    },
    rows,
  );
  const [root, ...below] = places.nodes();
  const nodes = [{ ...root, ...servicesAt(target, path) }, ...below];
  return { target, path, nodes, findings: findings.list(root.timeNs), ...uncounted };
}

/** The requests below `rows` that a finding counts, or that do not count in full. */
export function requestsOfFinding(
  table: RequestTable,
  rows: Uint32Array,
  finding: FindingKey | UncountedKey,
): Uint32Array {
  const findings = new FindingCollector(table);
  const uncounted: number[] = [];
  followPaths(
    {
      table,
      placeOf: () => 0,
      visit: (stop) => findings.look(stop),
      leaveOut: (row, why) => {
        if (why === finding.kind) uncounted.push(row);
      },
    },
    rows,
  );
  return isUncounted(finding) ? Uint32Array.from(uncounted) : findings.rowsOf(finding);
}
