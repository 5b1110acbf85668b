import { calleesOf } from '../assembly/callees.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { ChainPath } from '../model/answers.ts';
import { serviceNumber } from './chain-filter.ts';

/** What is at a node of the flow, and which of the root requests led to it. */
export interface FlowPlace {
  readonly rows: Uint32Array;
  /** For each of them its root request. */
  readonly roots: Uint32Array;
}

/** Follows a path of services down from root requests; empty where none of them called that way. */
export function flowPlace(table: RequestTable, rootRows: Uint32Array, down: ChainPath): FlowPlace {
  const { first, rows } = calleesOf(table);
  let place: FlowPlace = { rows: rootRows, roots: rootRows };
  for (const step of down.slice(1)) {
    const service = serviceNumber(table, step);
    const called: number[] = [];
    const roots: number[] = [];
    place.rows.forEach((caller, i) => {
      for (let at = first[caller]; at < first[caller + 1]; at++) {
        if (table.service[rows[at]] !== service) continue;
        called.push(rows[at]);
        roots.push(place.roots[i]);
      }
    });
    place = { rows: Uint32Array.from(called), roots: Uint32Array.from(roots) };
  }
  return place;
}
