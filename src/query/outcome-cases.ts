import type { RequestTable } from '../assembly/request-table.ts';
import { growableU32 } from '../columns/growable.ts';
import { perDataset } from './per-dataset.ts';

/**
 * Requests that no failure rule tells apart: of one service and endpoint, which ended alike. There are few such cases,
 * so rules are applied to a request of each.
 */
export interface OutcomeCases {
  /** By row: the number of its case. */
  readonly caseOf: Uint32Array;
  /** By case: the first row of it. */
  readonly rows: Uint32Array;
}

const EMPTY_SLOT = -1;

export const outcomeCases = perDataset((table): OutcomeCases => {
  const caseOf = new Uint32Array(table.count);
  const rows = growableU32();
  /** Open addressing: cases by hash. Its length is a power of two, at most half full. */
  let slots = new Int32Array(1024).fill(EMPTY_SLOT);
  for (let row = 0; row < table.count; row++) {
    const slot = slotOf(table, row, rows.values, slots);
    if (slots[slot] === EMPTY_SLOT) {
      slots[slot] = rows.length;
      rows.push(row);
    }
    caseOf[row] = slots[slot];
    if (rows.length * 2 > slots.length) slots = rehashed(table, rows.view(), slots.length * 2);
  }
  return { caseOf, rows: rows.seal() };
});

/** Where the case of the row is, or the free slot where it belongs. */
function slotOf(table: RequestTable, row: number, rows: Uint32Array, slots: Int32Array): number {
  const mask = slots.length - 1;
  let slot = hashOf(table, row) & mask;
  while (slots[slot] !== EMPTY_SLOT && !areAlike(table, row, rows[slots[slot]])) slot = (slot + 1) & mask;
  return slot;
}

function rehashed(table: RequestTable, rows: Uint32Array, length: number): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(length).fill(EMPTY_SLOT);
  rows.forEach((row, number) => (slots[slotOf(table, row, rows, slots)] = number));
  return slots;
}

function areAlike(table: RequestTable, one: number, other: number): boolean {
  return (
    table.endpoint[one] === table.endpoint[other] &&
    table.service[one] === table.service[other] &&
    table.status[one] === table.status[other] &&
    table.httpStatus[one] === table.httpStatus[other] &&
    table.grpcStatus[one] === table.grpcStatus[other] &&
    table.exception[one] === table.exception[other] &&
    table.message[one] === table.message[other]
  );
}

function hashOf(table: RequestTable, row: number): number {
  let hash = Math.imul(table.endpoint[row], 0x9e3779b1) ^ Math.imul(table.service[row] + 1, 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(
    hash ^ table.httpStatus[row] ^ (table.grpcStatus[row] << 16) ^ (table.status[row] << 24),
    0xc2b2ae35,
  );
  hash ^= hash >>> 13;
  hash = Math.imul(hash ^ table.exception[row], 0x27d4eb2f) ^ Math.imul(table.message[row], 0x165667b1);
  return hash ^ (hash >>> 16);
}
