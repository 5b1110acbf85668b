/**
 * Filters as readable texts. A chain is written as in chain-text.ts, one that is excluded behind `~!`, which no
 * name can hold: `~!orders,nginx`. A zone is `key:value`, once for each of its values; `~-` is a colon of the key.
 */
import type { ChainFilter, ZoneFilter } from '../model/answers.ts';
import { readChain, writeChain } from './chain-text.ts';

const EXCLUDED = '~!';

export function writeChainFilter({ path, exclude }: ChainFilter): string {
  return `${exclude ? EXCLUDED : ''}${writeChain(path)}`;
}

/** null: not a chain filter. */
export function readChainFilter(text: string): ChainFilter | null {
  const exclude = text.startsWith(EXCLUDED);
  const path = readChain(exclude ? text.slice(EXCLUDED.length) : text);
  return path && { path, exclude, steps: [] };
}

export function writeZones(zones: readonly ZoneFilter[]): readonly string[] {
  return zones.flatMap(({ key, values }) =>
    values.map((value) => `${key.replaceAll('~', '~~').replaceAll(':', '~-')}:${value}`),
  );
}

/** null: not zones. */
export function readZones(texts: readonly string[]): readonly ZoneFilter[] | null {
  const zones = new Map<string, string[]>();
  for (const text of texts) {
    const colon = text.indexOf(':');
    if (colon < 1) return null;
    const key = text.slice(0, colon).replace(/~[~-]/g, (escape) => (escape === '~-' ? ':' : '~'));
    zones.set(key, [...(zones.get(key) ?? []), text.slice(colon + 1)]);
  }
  return Array.from(zones, ([key, values]) => ({ key, values }));
}
