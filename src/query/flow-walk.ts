import { calleesOf } from '../assembly/callees.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { KIND_CONSUMER } from '../model/span.ts';

/** ns in the high word of an instant. */
const HIGH_WORD = 2 ** 32;

/** Numbers places: 0 is that of the root requests. */
export interface Places {
  readonly below: (callerPlace: number, row: number) => number;
}

/** A request at or below a root request. The same object each time. */
export interface FlowCall {
  row: number;
  /** 0: the root request itself. */
  place: number;
  /** That of its caller; −1: none, it is the root. */
  callerPlace: number;
  /** Number of its caller among all requests of the walk; those that one caller calls come one after another. */
  caller: number;
  /** Place in the list of root requests. */
  root: number;
  /** When the root request waits for it: ns since that started, half-open, empty where it never does. */
  from: number;
  to: number;
  /** The call, or one above it, is asynchronous. */
  isAsynchronous: boolean;
}

/**
 * Walks from each root request down through all that it calls, callers before callees. Root by root, as what one
 * trace holds lies together in the table; without an object for each call, as there may be millions.
 */
export function walkFlow(
  table: RequestTable,
  { below }: Places,
  rootRows: Uint32Array,
  visit: (call: FlowCall) => void,
): void {
  const { starts, durations, kind, service } = table;
  const callees = calleesOf(table);
  const isQueue = table.services.map(({ type }) => type === 'queue');
  const isTimed = (row: number): boolean => starts[row * 2] !== 0 || starts[row * 2 + 1] !== 0;
  const open = new OpenCalls();
  const call: FlowCall = {
    row: 0,
    place: 0,
    callerPlace: 0,
    caller: 0,
    root: 0,
    from: 0,
    to: 0,
    isAsynchronous: false,
  };
  let callers = 0;
  for (let root = 0; root < rootRows.length; root++) {
    const rootRow = rootRows[root];
    const high = starts[rootRow * 2];
    const low = starts[rootRow * 2 + 1];
    call.row = rootRow;
    call.place = 0;
    call.callerPlace = -1;
    call.caller = callers++;
    call.root = root;
    call.from = 0;
    call.to = isTimed(rootRow) ? durations[rootRow] : 0;
    call.isAsynchronous = false;
    visit(call);
    open.count = 0;
    open.add(call);
    for (let caller = 0; caller < open.count; caller++) {
      const row = open.rows[caller];
      const end = callees.first[row + 1];
      const from = open.froms[caller];
      const to = open.tos[caller];
      const isBelowAsynchronous = open.asynchronous[caller] || isQueue[service[row]];
      call.callerPlace = open.places[caller];
      call.caller = callers++;
      for (let at = callees.first[row]; at < end; at++) {
        const callee = callees.rows[at];
        call.row = callee;
        call.place = below(call.callerPlace, callee);
        call.isAsynchronous = isBelowAsynchronous || kind[callee] === KIND_CONSUMER;
        call.from = from;
        call.to = from;
        if (!call.isAsynchronous && isTimed(callee)) {
          // Exact below 104 days, and what is further away is cut off.
          const start = (starts[callee * 2] - high) * HIGH_WORD + (starts[callee * 2 + 1] - low);
          call.from = Math.max(from, start);
          call.to = Math.max(call.from, Math.min(to, start + durations[callee]));
        }
        visit(call);
        if (callees.first[callee] !== callees.first[callee + 1]) open.add(call);
      }
    }
  }
}

/** The calls of one root request that have been visited: their callees are still to come. */
class OpenCalls {
  count = 0;
  readonly rows: number[] = [];
  readonly places: number[] = [];
  readonly froms: number[] = [];
  readonly tos: number[] = [];
  readonly asynchronous: boolean[] = [];

  add({ row, place, from, to, isAsynchronous }: FlowCall): void {
    this.rows[this.count] = row;
    this.places[this.count] = place;
    this.froms[this.count] = from;
    this.tos[this.count] = to;
    this.asynchronous[this.count++] = isAsynchronous;
  }
}
