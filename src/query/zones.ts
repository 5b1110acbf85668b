import type { ZoneRow, ZonesAnswer } from '../model/answers-filters.ts';
import { isUsualZone, zoneRank } from '../model/zone-keys.ts';
import { compareText } from '../util/compare-text.ts';
import { withoutIds } from '../util/id-free.ts';
import { mostFrequent } from './field-values.ts';
import { loadResources } from './scanned-columns.ts';
import type { SpanData } from './span-forest.ts';

/** Any other key is offered where it has this many values. */
const FEWEST = 2;
const MOST = 50;
/** Last words of keys that tell things apart instead of grouping them; a service is chosen elsewhere. */
const ID_KEY = /(?:^|[._-])(?:id|uid|uuid|guid|pid|ppid|ip|hash|digest)$|^service\.name$/i;

/** The resource attributes that are worth narrowing by (docs/figures.md, Filters). */
export async function listZones(data: SpanData): Promise<ZonesAnswer> {
  const resources = await loadResources(data);
  const zones = [...resources.requestsByZone()].filter(([key, values]) =>
    isWorthOffering(key, values, data.table.count),
  );
  const rows = zones.map(([key, values]): ZoneRow => ({
    key,
    values: mostFrequent(values),
    total: values.size,
  }));
  return {
    zones: rows.sort(
      (a, b) => zoneRank(a.key) - zoneRank(b.key) || a.total - b.total || compareText(a.key, b.key),
    ),
  };
}

function isWorthOffering(key: string, values: ReadonlyMap<string, number>, requests: number): boolean {
  if (isUsualZone(key)) {
    const bearers = [...values.values()].reduce((sum, count) => sum + count, 0);
    return values.size > 1 || bearers < requests;
  }
  const isFew = values.size >= FEWEST && values.size <= MOST;
  return isFew && !ID_KEY.test(key) && ![...values.keys()].every(isId);
}

/** Nothing of it is left without ids, as of a UUID. A bare number may be a shard or a version. */
function isId(value: string): boolean {
  return withoutIds(value) === '{id}' && !/^\d{1,4}$/.test(value);
}
