import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter, Target } from '../model/answers.ts';
import type { HotspotsAnswer } from '../model/answers-hotspots.ts';
import { serviceNumber } from './chain-filter.ts';
import { FindingCollector } from './hotspot-findings.ts';
import { HotspotPlaces } from './hotspot-places.ts';
import { selectTargets } from './targets.ts';
import { followPaths } from './waited-time.ts';

/** Where the response time of the target requests goes, each ns to exactly one place (docs/figures.md, Hotspots). */
export function describeHotspots(table: RequestTable, target: Target, filter: Filter): HotspotsAnswer {
  const { found, rows } = selectTargets(table, target, filter);
  if (!found) return { target, found, nodes: [], findings: [], outside: 0, withoutTime: 0 };
  const places = new HotspotPlaces(table, serviceNumber(table, target.service));
  const findings = new FindingCollector(table);
  const uncounted = followPaths(
    {
      table,
      placeOf: (caller, row) => places.below(caller, row),
      visit: (stop) => {
        places.count(stop);
        findings.look(stop);
      },
    },
    rows,
  );
  const nodes = places.nodes();
  return { target, found, nodes, findings: findings.list(nodes[0].timeNs), ...uncounted };
}
