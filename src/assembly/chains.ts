import { NO_CALLER } from './request-table.ts';

export interface Chains {
  readonly chain: Uint32Array<ArrayBuffer>;
  readonly chainCaller: Int32Array<ArrayBuffer>;
  readonly chainService: Uint32Array<ArrayBuffer>;
}

/** Interns the chain of each request: chain = (caller's chain, service). Callers form no loops. */
export function internChains(service: Uint32Array, caller: Int32Array, serviceCount: number): Chains {
  const NOT_YET = 0xffff_ffff;
  const chain = new Uint32Array(service.length).fill(NOT_YET);
  const callers: number[] = [];
  const services: number[] = [];
  const known = new Map<number, number>();
  const intern = (callerChain: number, of: number): number => {
    const key = (callerChain + 1) * serviceCount + of;
    const number = known.get(key);
    if (number !== undefined) return number;
    known.set(key, callers.length);
    services.push(of);
    return callers.push(callerChain) - 1;
  };
  const pending: number[] = [];
  for (let request = 0; request < service.length; request++) {
    for (let at = request; at !== NO_CALLER && chain[at] === NOT_YET; at = caller[at]) pending.push(at);
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      chain[at] = intern(caller[at] === NO_CALLER ? NO_CALLER : chain[caller[at]], service[at]);
    }
  }
  return { chain, chainCaller: Int32Array.from(callers), chainService: Uint32Array.from(services) };
}
