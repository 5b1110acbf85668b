/**
 * Links of older versions. A link without `v` is of version 1, and hand-written ones never carry it.
 * UPGRADES[0] turns parameters of version 1 into those of version 2, and so on; entries are never removed.
 */

/** Decoded parameters by key, each with all its values. */
export type LinkParams = ReadonlyMap<string, readonly string[]>;
export type Upgrade = (params: LinkParams) => LinkParams;

export const UPGRADES: readonly Upgrade[] = [];
export const LINK_VERSION = UPGRADES.length + 1;

/** Applies the steps from `version` (1-based) up to the newest, in order. */
export function upgradeParams(
  params: LinkParams,
  version: number,
  upgrades: readonly Upgrade[] = UPGRADES,
): LinkParams {
  return upgrades.slice(version - 1).reduce((upgraded, upgrade) => upgrade(upgraded), params);
}
