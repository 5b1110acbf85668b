import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { ChainPath } from '../model/answers.ts';
import type { ServiceRef } from '../model/service.ts';

/** Not a service of this data. */
export const UNKNOWN_SERVICE = -1;

/** Number of the service that a link or an answer names, or UNKNOWN_SERVICE. */
export function serviceNumber(table: RequestTable, service: ServiceRef): number {
  return table.services.findIndex(({ name, type }) => name === service.name && type === service.type);
}

/**
 * Which chains pass all paths, by chain number. A path passes a chain that, read backwards, begins
 * with it. For requests of another service than the path's first, it is enough that the path fits
 * further up: "requests that came through".
 */
export function passingChains(table: RequestTable, paths: readonly ChainPath[]): Uint8Array {
  const passing = new Uint8Array(table.chainCaller.length).fill(1);
  for (const path of paths) {
    const fits = chainsThrough(table, path);
    for (let chain = 0; chain < passing.length; chain++) passing[chain] &= fits[chain];
  }
  return passing;
}

function chainsThrough(table: RequestTable, path: ChainPath): Uint8Array {
  const { chainCaller, chainService } = table;
  const services = path.map((service) => serviceNumber(table, service));
  const fits = new Uint8Array(chainCaller.length);
  // Callers' chains are interned before those of the called: one pass sees them first.
  for (let chain = 0; chain < fits.length; chain++) {
    const caller = chainCaller[chain];
    const isOwn = chainService[chain] === services[0];
    if (isOwn) fits[chain] = beginsWith(table, chain, services) ? 1 : 0;
    else fits[chain] = caller === NO_CALLER ? 0 : fits[caller];
  }
  return fits;
}

function beginsWith(table: RequestTable, chain: number, services: readonly number[]): boolean {
  let at = chain;
  for (const service of services) {
    if (at === NO_CALLER || table.chainService[at] !== service) return false;
    at = table.chainCaller[at];
  }
  return true;
}
