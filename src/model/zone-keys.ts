/** Which resource attributes people call a zone, and in which order all are offered (docs/figures.md, Filters). */
import { resourceSpellings } from './attribute-keys.ts';

/** Environments and places, whose it is, which version; by their newest spellings. */
const USUAL = [
  'deployment.environment.name',
  'service.namespace',
  'k8s.cluster.name',
  'k8s.namespace.name',
  'cloud.region',
  'cloud.availability_zone',
  'team',
  'service.version',
  'cloud.account.name',
  'cloud.platform',
  'cloud.provider',
] as const;

/** Keys of somebody's own that mean one of these by their last word: `acme.region`, `team.name`. */
const MEANINGS: readonly (readonly [words: RegExp, usual: (typeof USUAL)[number]])[] = [
  [/^(?:env|environment|stage)$/, 'deployment.environment.name'],
  [/^namespace$/, 'service.namespace'],
  [/^cluster$/, 'k8s.cluster.name'],
  [/^(?:region|site)$/, 'cloud.region'],
  [/^(?:zone|az|datacenter|dc)$/, 'cloud.availability_zone'],
  [/^(?:team|owner|squad|tenant)$/, 'team'],
];

/** With what a process runs and records, not what it belongs to. */
const MACHINERY = /^(?:telemetry|process|os|otel|container|webengine|browser|device)\./;

/** An operator looks for it among the first. */
export function isUsualZone(key: string): boolean {
  return zoneRank(key) < USUAL.length;
}

/** Lower ones are offered first: the usual ones in their order, all others, the machinery's. */
export function zoneRank(key: string): number {
  if (MACHINERY.test(key)) return USUAL.length + 1;
  const newest = resourceSpellings(key)[0];
  const words = key
    .toLowerCase()
    .replace(/[._-]name$/, '')
    .split(/[._-]/);
  const meant = MEANINGS.find(([meaning]) => meaning.test(words[words.length - 1]))?.[1];
  const place = USUAL.findIndex((usual) => usual === newest);
  if (place >= 0) return place;
  return meant === undefined ? USUAL.length : USUAL.indexOf(meant);
}
