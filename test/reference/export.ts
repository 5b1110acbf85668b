/** The exported JSON of a backtrace: fields named as in SEMANTICS.md §6, times in ms. */
import type { BacktraceNode, ChainEnds, ResponseTime } from '../../src/model/answers.ts';
import type { ServiceType } from '../../src/model/service.ts';

export interface ExportedNode {
  readonly service: string;
  readonly type: ServiceType;
  readonly calls: number;
  readonly failedCalls: number;
  readonly requests: number;
  readonly failedRequests: number;
  readonly hit: number;
  readonly hitFailed: number;
  readonly ends: ChainEnds;
  readonly responseTime: ResponseTime;
  /** By calls descending, then name. */
  readonly callers: readonly ExportedNode[];
}

export function exportBacktrace(node: BacktraceNode): ExportedNode {
  const { service, calls, failedCalls, requests, failedRequests, hit, hitFailed, ends, responseTime } = node;
  return {
    service: service.name,
    type: service.type,
    calls,
    failedCalls,
    requests,
    failedRequests,
    hit,
    hitFailed,
    ends,
    responseTime,
    callers: node.callers.map(exportBacktrace),
  };
}
