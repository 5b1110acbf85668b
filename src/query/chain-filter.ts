import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { ChainFilter, ChainPath } from '../model/answers.ts';
import type { Condition } from '../model/conditions.ts';
import type { ServiceRef } from '../model/service.ts';
import type { RowTest } from './conditions.ts';

/** Not a service of this data. */
export const UNKNOWN_SERVICE = -1;

/** Number of the service that a link or an answer names, or UNKNOWN_SERVICE. */
export function serviceNumber(table: RequestTable, service: ServiceRef): number {
  return table.services.findIndex(({ name, type }) => name === service.name && type === service.type);
}

/** One test for each filter; all must pass. */
export function chainTests(
  table: RequestTable,
  filters: readonly ChainFilter[],
  compile: (condition: Condition) => RowTest,
): RowTest[] {
  const { chain, caller, service } = table;
  return filters.map(({ path, exclude, steps }) => {
    const fits = chainsThrough(table, path);
    const tests = steps.slice(0, path.length).map((step) => step && compile(step));
    if (tests.every((test) => test === null)) {
      const wanted = exclude ? 0 : 1;
      return (row) => fits[chain[row]] === wanted;
    }
    const first = serviceNumber(table, path[0]);
    const passes: RowTest = (row) => {
      if (fits[chain[row]] === 0) return false;
      let at = row;
      while (service[at] !== first) at = caller[at];
      for (const test of tests) {
        if (test && !test(at)) return false;
        at = caller[at];
      }
      return true;
    };
    return (row) => passes(row) !== exclude;
  });
}

/**
 * Which chains pass the path, by chain number: those that, read backwards, begin with it. For requests of
 * another service than the path's first, it is enough that the path fits further up: "requests that came
 * through".
 */
export function chainsThrough(table: RequestTable, path: ChainPath): Uint8Array {
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
