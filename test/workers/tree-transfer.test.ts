import { expose, wrap, type Remote } from 'comlink';
import { afterEach, expect, test } from 'vitest';
import type { BacktraceNode } from '../../src/model/answers.ts';
import '../../workers/tree-transfer.ts';

function node(name: string, ...callers: BacktraceNode[]): BacktraceNode {
  const times = { count: 1, average: 1, median: 1, p75: 1, p90: 1, p95: 1, p99: 1, max: 1 };
  return {
    service: { name, type: 'service' },
    calls: 1,
    failedCalls: 0,
    requests: 1,
    failedRequests: 0,
    share: 1,
    hit: 0,
    hitFailed: 0,
    notHit: 1,
    notHitFailed: 0,
    ends: { userAction: 0, entryPoint: 1, callerMissing: 0 },
    responseTime: times,
    callers,
  };
}

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

/** What an answer becomes on its way over a thread border. */
async function carried<T>(answer: T): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  expose(() => answer, port1);
  const ask: Remote<() => T> = wrap<() => T>(port2);
  return ask();
}

test('a tree arrives as it was sent, order of callers included', async () => {
  const root = node('pay', node('cart', node('web'), node('app')), node('shop'), node('mail', node('cron')));
  const answer = { ok: true, value: { found: true, root, unfiltered: 3 } };
  expect(await carried(answer)).toEqual(answer);
});

test('a chain that structured clone cannot carry arrives whole', async () => {
  let root = node('0');
  for (let n = 1; n < 20_000; n++) root = node(String(n), root);
  expect(() => structuredClone(root)).toThrow();
  const { value } = (await carried({ ok: true, value: { root } })) as { value: { root: BacktraceNode } };
  let depth = 0;
  for (let at: BacktraceNode | undefined = value.root; at !== undefined; at = at.callers[0]) depth++;
  expect(depth).toBe(20_000);
});

test('other answers and errors are not touched', async () => {
  for (const answer of [
    { ok: false, error: { code: 'internal', message: 'x' } },
    { ok: true, value: null },
  ])
    expect(await carried(answer)).toEqual(answer);
});
