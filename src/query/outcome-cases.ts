import { growableU32 } from '../columns/growable.ts';
import { PairNumbers } from '../columns/pair-numbers.ts';
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

/** Bits of a request's status, and of its gRPC status, which stand before its HTTP status. */
const GRPC_SHIFT = 4;
const HTTP_SHIFT = 12;

export const outcomeCases = perDataset((table): OutcomeCases => {
  const { service, endpoint, status, grpcStatus, httpStatus, exception, message } = table;
  const places = new PairNumbers();
  const texts = new PairNumbers();
  const outcomes = new PairNumbers();
  const cases = new PairNumbers();
  const caseOf = new Uint32Array(table.count);
  const rows = growableU32();
  for (let row = 0; row < table.count; row++) {
    const codes = status[row] | (grpcStatus[row] << GRPC_SHIFT) | (httpStatus[row] << HTTP_SHIFT);
    const outcome = outcomes.numberOf(codes, texts.numberOf(exception[row], message[row]));
    caseOf[row] = cases.numberOf(places.numberOf(service[row], endpoint[row]), outcome);
    if (cases.count > rows.length) rows.push(row);
  }
  return { caseOf, rows: rows.seal() };
});
