/** Backtraces written as nested callers, for the tests of the tree, the exports and the sunburst. */
import type { BacktraceAnswer, BacktraceNode, ResponseTime } from '../../../src/model/answers.ts';
import type { ServiceRef, ServiceType } from '../../../src/model/service.ts';

export const HOSTILE_NAME = '<img src=x onerror=alert(1)>';

export const SAMPLE_TIMES: ResponseTime = {
  count: 4,
  average: 2.5,
  median: 2,
  p75: 3,
  p90: 4,
  p95: 4,
  p99: 4,
  max: 4,
};

/** A node with `calls` calls; what its callers do not account for ends here, as an entry point unless told otherwise. */
export function sampleNode(
  name: string,
  calls: number,
  more: { type?: ServiceType; failedCalls?: number; callers?: readonly BacktraceNode[] } = {},
): BacktraceNode {
  const callers = more.callers ?? [];
  const type = more.type ?? 'service';
  const ended = calls - callers.reduce((sum, caller) => sum + caller.calls, 0);
  const failed = more.failedCalls ?? 0;
  return {
    service: { name, type },
    calls,
    failedCalls: failed,
    requests: calls,
    failedRequests: failed,
    share: calls / 100,
    hit: failed,
    hitFailed: failed,
    notHit: calls - failed,
    notHitFailed: 0,
    ends: {
      userAction: type === 'application' ? ended : 0,
      entryPoint: type === 'application' ? 0 : ended,
      callerMissing: 0,
    },
    responseTime: SAMPLE_TIMES,
    callers,
  };
}

/** db ← orders ← (shop, nginx ← shop), and db ← cron. */
export function shopBacktrace(): BacktraceNode {
  const shop = (calls: number) => sampleNode('shop', calls, { type: 'application' });
  return sampleNode('db', 100, {
    type: 'database',
    failedCalls: 20,
    callers: [
      sampleNode('orders', 80, {
        failedCalls: 20,
        callers: [
          sampleNode('nginx', 50, { type: 'web server', failedCalls: 20, callers: [shop(50)] }),
          shop(30),
        ],
      }),
      sampleNode('cron', 20),
    ],
  });
}

/** A chain of `steps` steps in a row. */
export function longChain(steps: number): BacktraceNode {
  let node = sampleNode('step', 1);
  for (let step = 1; step < steps; step++) node = sampleNode('step', 1, { callers: [node] });
  return node;
}

export function sampleAnswer(
  root: BacktraceNode,
  impact: Partial<BacktraceAnswer['impact']> = {},
): BacktraceAnswer {
  const none = { requests: 0, hit: 0, hitFailed: 0 };
  const service: ServiceRef = root.service;
  return {
    target: { service, endpoint: null, instance: null },
    found: true,
    root,
    impact: {
      verdict: 'no failures',
      ends: { userAction: none, entryPoint: none, callerMissing: none },
      notHit: 0,
      notHitFailed: 0,
      users: null,
      sessions: null,
      ...impact,
    },
    unfiltered: root.calls,
  };
}
