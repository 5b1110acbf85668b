import { NO_GRPC_STATUS } from '../failure/grpc-status.ts';
import { failureReason } from '../failure/reason.ts';
import { KIND_CLIENT } from '../model/span.ts';
import { messageWithoutIds } from '../util/id-free.ts';
import { perText } from './dataset-texts.ts';
import type { SpanExceptions } from './exceptions.ts';
import type { OpenedRequests } from './open-requests.ts';
import { NO_CALL } from './request-table.ts';
import type { RequestTable } from './request-table.ts';
import type { RequestRows } from './request-rows.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';
import type { SpanTree } from './span-tree.ts';

type TextNumbers = Uint32Array<ArrayBuffer>;

/**
 * What each request says about its failure, as dataset text numbers, 0 for nothing: the exception (of a
 * traced request its deepest, of an inferred one its own), the status message, and the reason (SEMANTICS §7).
 */
export function whatWasSaid(
  rows: RequestRows,
  table: SpanTable,
  tree: SpanTree,
  opened: OpenedRequests,
  exceptions: SpanExceptions,
): { exception: TextNumbers; message: TextNumbers; reason: TextNumbers } {
  const { texts, statusMessages } = table;
  const deepest = exceptions.deepest(opened.requestOf, opened.openings, tree);
  const clean = perText((message) => texts.numberOf(messageWithoutIds(message)), texts);
  const exception = new Uint32Array(rows.count);
  const message = new Uint32Array(rows.count);
  const reason = new Uint32Array(rows.count);
  deepest.forEach((span, row) => (exception[row] = exceptions.numbers[span]));
  for (let row = opened.openings.length; row < rows.count; row++) {
    exception[row] = exceptions.numbers[rows.span[row]];
  }
  for (let row = 0; row < rows.count; row++) {
    const said = statusMessages[rows.span[row]];
    if (said !== 0) message[row] = clean(said);
    if (!rows.failed[row]) continue;
    const otherReason = (): string => failureReason(rows.outcome(row), '', texts.text(message[row]));
    reason[row] = exception[row] || texts.numberOf(otherReason());
  }
  return { exception, message, reason };
}

/** The caller's view of traced requests (request-table.ts, callStatus). */
export function callOutcomes(
  rows: RequestRows,
  table: SpanTable,
  opened: OpenedRequests,
): Pick<RequestTable, 'callStatus' | 'callHttpStatus' | 'callGrpcStatus'> {
  const callStatus = new Uint8Array(rows.count).fill(NO_CALL);
  const callHttpStatus = new Uint16Array(rows.count);
  const callGrpcStatus = new Uint8Array(rows.count).fill(NO_GRPC_STATUS);
  for (let request = 0; request < opened.callerSpan.length; request++) {
    const span = opened.callerSpan[request];
    if (span === NONE || table.kinds[span] !== KIND_CLIENT) continue;
    const outcome = rows.outcomeOf(span);
    callStatus[request] = rows.statusBits(span, outcome);
    callHttpStatus[request] = outcome.httpStatus;
    callGrpcStatus[request] = outcome.grpcStatus;
  }
  return { callStatus, callHttpStatus, callGrpcStatus };
}
