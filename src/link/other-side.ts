/**
 * What a view is compared with, as readable texts: `from:2026-…`, `to:…`, `endpoint:GET /`, `instance:pod-1`,
 * for another dataset `data:0123456789ab`, `file:yesterday.json` …, `more:3`, and with filters of its own
 * `filter:own`, `where:…`, `zone:…`, `chain:…` as in filter-text.ts.
 */
import type { Filter, Target } from '../model/answers.ts';
import {
  readChainFilter,
  readCondition,
  readZones,
  writeChainFilter,
  writeCondition,
  writeZones,
} from './filter-text.ts';
import { readInstant, writeInstant } from './instant-text.ts';
import type { LinkData } from './link-data.ts';

export type SideFilter = Pick<Filter, 'where' | 'zones' | 'chains'>;

/**
 * Side b: the target and filters of the view but for these. null: as in the view, of a timeframe open; with
 * filters of its own it has its own endpoint and instance too, null: any.
 */
export interface OtherSide {
  /** null: the data of the view. */
  readonly data: LinkData | null;
  readonly from: bigint | null;
  readonly to: bigint | null;
  readonly endpoint: string | null;
  readonly instance: string | null;
  readonly filter: SideFilter | null;
}

const KEYS = [
  'data',
  'file',
  'more',
  'from',
  'to',
  'endpoint',
  'instance',
  'filter',
  'where',
  'zone',
  'chain',
] as const;
const OWN = 'own';
type Key = (typeof KEYS)[number];

/** A side that differs in nothing is written too: its link still says that there is a comparison. */
export function writeOtherSide(side: OtherSide): readonly string[] {
  const texts: string[] = [];
  if (side.data !== null) {
    texts.push(`data:${side.data.fingerprint}`, ...side.data.files.map((file) => `file:${file}`));
    if (side.data.moreFiles > 0) texts.push(`more:${side.data.moreFiles}`);
  }
  if (side.from !== null) texts.push(`from:${writeInstant(side.from)}`);
  if (side.to !== null) texts.push(`to:${writeInstant(side.to)}`);
  if (side.endpoint !== null) texts.push(`endpoint:${side.endpoint}`);
  if (side.instance !== null) texts.push(`instance:${side.instance}`);
  if (side.filter !== null) texts.push(...writeFilter(side.filter));
  return texts.length === 0 ? ['all'] : texts;
}

/** null: cannot be read. */
export function readOtherSide(texts: readonly string[]): OtherSide | null {
  const values = new Map<Key, string[]>();
  for (const text of texts.length === 1 && texts[0] === 'all' ? [] : texts) {
    const colon = text.indexOf(':');
    const key = KEYS.find((known) => known === text.slice(0, Math.max(0, colon)));
    if (key === undefined) return null;
    values.set(key, [...(values.get(key) ?? []), text.slice(colon + 1)]);
  }
  const last = (key: Key) => values.get(key)?.at(-1) ?? null;
  const instant = (key: 'from' | 'to') => {
    const text = last(key);
    return text === null ? null : (readInstant(text) ?? undefined);
  };
  const from = instant('from');
  const to = instant('to');
  const data = readData(last('data'), values.get('file') ?? [], last('more') ?? '0');
  const filter = readFilter((key) => values.get(key) ?? []);
  if (from === undefined || to === undefined || data === undefined || filter === undefined) return null;
  return { data, from, to, endpoint: last('endpoint'), instance: last('instance'), filter };
}

function writeFilter({ where, zones, chains }: SideFilter): readonly string[] {
  return [
    `filter:${OWN}`,
    ...(where === null ? [] : writeCondition(where).map((text) => `where:${text}`)),
    ...writeZones(zones).map((text) => `zone:${text}`),
    ...chains.map((chain) => `chain:${writeChainFilter(chain)}`),
  ];
}

/** null: as in the view; undefined: cannot be read. */
function readFilter(
  textsOf: (key: 'filter' | 'where' | 'zone' | 'chain') => readonly string[],
): SideFilter | null | undefined {
  const [own, conditions] = [textsOf('filter'), textsOf('where')];
  const isOwn = own.length === 1 && own[0] === OWN;
  if (!isOwn)
    return [own, conditions, textsOf('zone'), textsOf('chain')].every(({ length }) => length === 0)
      ? null
      : undefined;
  const where = conditions.length === 1 ? readCondition(conditions[0]) : null;
  const zones = readZones(textsOf('zone'));
  const chains = textsOf('chain').map(readChainFilter);
  const isRead = chains.every((chain) => chain !== null);
  if (conditions.length > 1 || (conditions.length === 1 && where === null)) return undefined;
  return zones === null || !isRead ? undefined : { where, zones, chains };
}

/** undefined: cannot be read. */
function readData(
  fingerprint: string | null,
  files: readonly string[],
  more: string,
): LinkData | null | undefined {
  if (fingerprint === null) return null;
  if (!/^[0-9a-f]{8,32}$/.test(fingerprint) || !/^\d{1,7}$/.test(more)) return undefined;
  return { fingerprint, files, moreFiles: Number(more) };
}

/** Side b of a comparison with these target and filters. */
export function otherParams(
  side: OtherSide,
  target: Target,
  filter: Filter,
): { readonly target: Target; readonly filter: Filter } {
  const inherited = side.filter === null ? target : { endpoint: null, instance: null };
  return {
    target: {
      ...target,
      endpoint: side.endpoint ?? inherited.endpoint,
      instance: side.instance ?? inherited.instance,
    },
    filter: { ...filter, ...side.filter, timeframe: { from: side.from, to: side.to } },
  };
}
