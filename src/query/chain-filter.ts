import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { ChainFilter, ChainPath, Target } from '../model/answers.ts';
import type { Condition } from '../model/conditions.ts';
import type { ServiceRef } from '../model/service.ts';
import type { RowTest } from './conditions.ts';

/** Not a service of this data. */
export const UNKNOWN_SERVICE = -1;

/** Number of the service that a link or an answer names, or UNKNOWN_SERVICE. */
export function serviceNumber(table: RequestTable, service: ServiceRef): number {
  return table.services.findIndex(({ name, type }) => name === service.name && type === service.type);
}

/** Numbers of the target's services that the data holds. */
export function targetServices(table: RequestTable, { service, others = [] }: Target): readonly number[] {
  return [service, ...others]
    .map((named) => serviceNumber(table, named))
    .filter((number) => number !== UNKNOWN_SERVICE);
}

/** One test for each filter; all must pass. `roots`: services of which each may stand for all at a path's begin. */
export function chainTests(
  table: RequestTable,
  filters: readonly ChainFilter[],
  roots: readonly number[],
  compile: (condition: Condition) => RowTest,
): RowTest[] {
  const { chain, caller, service } = table;
  return filters.map(({ path, exclude, steps }) => {
    const isFirst = firstServices(table, path, roots);
    const fits = chainsThrough(table, path, isFirst);
    const tests = steps.slice(0, path.length).map((step) => step && compile(step));
    if (tests.every((test) => test === null)) {
      const wanted = exclude ? 0 : 1;
      return (row) => fits[chain[row]] === wanted;
    }
    const passes: RowTest = (row) => {
      if (fits[chain[row]] === 0) return false;
      let at = row;
      while (!isFirst[service[at]]) at = caller[at];
      for (const test of tests) {
        if (test && !test(at)) return false;
        at = caller[at];
      }
      return true;
    };
    return (row) => passes(row) !== exclude;
  });
}

/** By service number: 1 where a path may begin. */
function firstServices(table: RequestTable, path: ChainPath, roots: readonly number[]): Uint8Array {
  const first = serviceNumber(table, path[0]);
  const isFirst = new Uint8Array(table.services.length);
  for (const service of roots.includes(first) ? roots : [first]) isFirst[service] = 1;
  return isFirst;
}

/**
 * Which chains pass the path, by chain number: those that, read backwards, begin with it. For requests of
 * another service than the path's first, it is enough that the path fits further up: "requests that came
 * through".
 */
function chainsThrough(table: RequestTable, path: ChainPath, isFirst: Uint8Array): Uint8Array {
  const { chainCaller, chainService } = table;
  const fits = chainsCalledThrough(table, path.slice(1));
  // Callers' chains are interned before those of the called: one pass sees them first.
  for (let chain = 0; chain < fits.length; chain++) {
    const caller = chainCaller[chain];
    if (!isFirst[chainService[chain]]) fits[chain] = caller === NO_CALLER ? 0 : fits[caller];
  }
  return fits;
}

/** Which chains, read backwards behind their last step, begin with these callers; by chain number. */
export function chainsCalledThrough(table: RequestTable, callers: ChainPath): Uint8Array {
  const { chainCaller, chainService } = table;
  const services = callers.map((service) => serviceNumber(table, service));
  const fits = new Uint8Array(chainCaller.length);
  for (let chain = 0; chain < fits.length; chain++) {
    let at = chainCaller[chain];
    let step = 0;
    while (step < services.length && at !== NO_CALLER && chainService[at] === services[step]) {
      at = chainCaller[at];
      step++;
    }
    if (step === services.length) fits[chain] = 1;
  }
  return fits;
}

/** Which chains are this one to their end, by chain number; read backwards, as it is. */
export function wholeChains(table: RequestTable, path: ChainPath): Uint8Array {
  const { chainCaller, chainService } = table;
  const services = path.map((service) => serviceNumber(table, service));
  return Uint8Array.from(chainCaller, (_, chain) => {
    let at = chain;
    let step = 0;
    while (step < services.length && at !== NO_CALLER && chainService[at] === services[step]) {
      at = chainCaller[at];
      step++;
    }
    return step === services.length && at === NO_CALLER ? 1 : 0;
  });
}
