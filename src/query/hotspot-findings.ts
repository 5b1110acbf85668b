import type { RequestTable } from '../assembly/request-table.ts';
import { growableU32 } from '../columns/growable.ts';
import type { FindingKey, HotspotFinding } from '../model/answers-hotspots.ts';
import type { ServiceRef } from '../model/service.ts';
import { ExactSums } from '../util/exact-sum.ts';
import { CalledEndpoints } from './called-endpoints.ts';
import { serviceNumber } from './chain-filter.ts';
import type { Stop } from './waited-time.ts';

/** From here on, calls of one endpoint by one request are repeated ones. */
const MANY_CALLS = 5;
/** Of a finding in the response time: with less it is not told. */
const LEAST_SHARE = 0.01;
/** Of each kind. */
const MOST_FINDINGS = 5;

/** Requests in which the same was found. */
interface Found {
  readonly key: FindingKey;
  readonly rows: ReturnType<typeof growableU32>;
  /** Number of the sum of its times. */
  readonly time: number;
  calls: number;
  mostCalls: number;
}

/** Calls of one endpoint by the request at hand. */
interface Calls {
  calls: number;
  retries: number;
  timeNs: number;
  lastFailed: boolean;
}

/** Looks once at each request on a critical path for time that might be won (docs/figures.md, Hotspots). */
export class FindingCollector {
  readonly #table: RequestTable;
  readonly #endpoints: CalledEndpoints;
  readonly #times = new ExactSums();
  /** By service number. */
  readonly #isDatabase: readonly boolean[];
  /** 1: looked at. */
  readonly #seen: Uint8Array;
  /** By caller's service and called endpoint. */
  readonly #repeated = new Map<number, Found>();
  /** By caller's service and those of the two callees. */
  readonly #sequential = new Map<number, Found>();
  /** By called endpoint. */
  readonly #statements = new Map<number, Found>();
  /** By called endpoint; those not touched by the request at hand hold no calls. */
  readonly #calls: Calls[] = [];

  constructor(table: RequestTable) {
    this.#table = table;
    this.#endpoints = new CalledEndpoints(table);
    this.#isDatabase = table.services.map(({ type }) => type === 'database');
    this.#seen = new Uint8Array(table.count);
  }

  look(stop: Stop): void {
    if (stop.waitedFor === 0 || this.#seen[stop.row] === 1) return;
    this.#seen[stop.row] = 1;
    this.#lookForStatements(stop);
    if (stop.waitedFor > 1) this.#lookForSequences(stop);
    if (stop.waitedFor >= MANY_CALLS) this.#lookForRepeats(stop);
  }

  /** Most time first; of equal times in the order in which they were found. */
  list(totalNs: bigint): HotspotFinding[] {
    const kinds = [this.#repeated, this.#sequential, this.#statements];
    const findings = kinds.flatMap((kind) =>
      [...kind.values()]
        .map((found) => this.#finding(found))
        .filter(({ timeNs }) => timeNs > 0n && Number(timeNs) >= LEAST_SHARE * Number(totalNs))
        .sort(byTime)
        .slice(0, MOST_FINDINGS),
    );
    return findings.sort(byTime);
  }

  /** The requests that a finding counts. */
  rowsOf(key: FindingKey): Uint32Array {
    return this.#foundAs(key)?.rows.seal() ?? new Uint32Array();
  }

  #foundAs(key: FindingKey): Found | undefined {
    const [service, ...others] = servicesOf(key).map((each) => serviceNumber(this.#table, each));
    if (key.kind === 'sequential') return this.#sequential.get(this.#pairKey(service, others[0], others[1]));
    const endpoint = this.#endpoints.find(others[0] ?? service, key.endpoint);
    if (endpoint === undefined) return undefined;
    return key.kind === 'statement'
      ? this.#statements.get(endpoint)
      : this.#repeated.get(this.#callKey(service, endpoint));
  }

  #lookForStatements({ waitedFor, waitedRows, waitedNs }: Stop): void {
    const { service, services } = this.#table;
    for (let i = 0; i < waitedFor; i++) {
      const row = waitedRows[i];
      if (!this.#isDatabase[service[row]]) continue;
      const endpoint = this.#endpoints.numberOf(row);
      const found =
        this.#statements.get(endpoint) ??
        this.#open(this.#statements, endpoint, {
          kind: 'statement',
          callee: services[service[row]],
          endpoint: this.#endpointText(row),
        });
      this.#add(found, row, 1, waitedNs[i]);
    }
  }

  /** Two callees in a row that are different services, the first of which succeeded: else the second may stand in for it. */
  #lookForSequences({ row, waitedFor, waitedRows, waitedNs }: Stop): void {
    const { service, services, failed } = this.#table;
    // The last one comes first.
    for (let i = waitedFor - 1; i > 0; i--) {
      const [first, second] = [service[waitedRows[i]], service[waitedRows[i - 1]]];
      if (first === second || failed[waitedRows[i]]) continue;
      const key = this.#pairKey(service[row], first, second);
      const found =
        this.#sequential.get(key) ??
        this.#open(this.#sequential, key, {
          kind: 'sequential',
          caller: services[service[row]],
          first: services[first],
          second: services[second],
        });
      this.#add(found, row, 1, Math.min(waitedNs[i], waitedNs[i - 1]));
    }
  }

  #lookForRepeats({ row, waitedFor, waitedRows, waitedNs }: Stop): void {
    const { service, services, failed } = this.#table;
    const touched: number[] = [];
    for (let i = waitedFor - 1; i >= 0; i--) {
      const endpoint = this.#endpoints.numberOf(waitedRows[i]);
      const calls = (this.#calls[endpoint] ??= { calls: 0, retries: 0, timeNs: 0, lastFailed: false });
      if (calls.calls === 0) touched.push(endpoint);
      calls.calls++;
      if (calls.lastFailed) calls.retries++;
      calls.timeNs += waitedNs[i];
      calls.lastFailed = failed[waitedRows[i]] === 1;
    }
    for (const endpoint of touched) {
      const { calls, retries, timeNs } = this.#calls[endpoint];
      if (calls - retries >= MANY_CALLS) {
        const key = this.#callKey(service[row], endpoint);
        const example = this.#endpoints.examples[endpoint];
        const found =
          this.#repeated.get(key) ??
          this.#open(this.#repeated, key, {
            kind: 'repeated',
            caller: services[service[row]],
            callee: services[service[example]],
            endpoint: this.#endpointText(example),
          });
        this.#add(found, row, calls, timeNs);
      }
      this.#calls[endpoint] = { calls: 0, retries: 0, timeNs: 0, lastFailed: false };
    }
  }

  #open(kind: Map<number, Found>, number: number, key: FindingKey): Found {
    const found = { key, rows: growableU32(16), time: this.#times.open(), calls: 0, mostCalls: 0 };
    kind.set(number, found);
    return found;
  }

  /** What is added for the same request one after another is one request. */
  #add(found: Found, row: number, calls: number, timeNs: number): void {
    const { rows } = found;
    if (rows.length === 0 || rows.values[rows.length - 1] !== row) rows.push(row);
    found.calls += calls;
    found.mostCalls = Math.max(found.mostCalls, calls);
    this.#times.add(found.time, timeNs);
  }

  #finding({ key, rows, time, calls, mostCalls }: Found): HotspotFinding {
    return { key, requests: rows.length, calls, mostCalls, timeNs: this.#times.total(time) };
  }

  #endpointText(row: number): string {
    return this.#table.texts[this.#table.endpoint[row]];
  }

  #callKey(caller: number, endpoint: number): number {
    return endpoint * this.#table.services.length + caller;
  }

  #pairKey(caller: number, first: number, second: number): number {
    const count = this.#table.services.length;
    return (caller * count + first) * count + second;
  }
}

/** Those that a finding names, the caller first. */
function servicesOf(key: FindingKey): readonly [ServiceRef, ...ServiceRef[]] {
  if (key.kind === 'statement') return [key.callee];
  return key.kind === 'sequential' ? [key.caller, key.first, key.second] : [key.caller, key.callee];
}

function byTime(a: HotspotFinding, b: HotspotFinding): number {
  return Number(b.timeNs - a.timeNs);
}
