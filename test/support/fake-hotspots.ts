/** What the fake client says about hotspots. */
import type { HotspotsAnswer, MethodsAnswer } from '../../src/model/answers-hotspots.ts';
import type { NodeParams } from '../../src/model/answers-spans.ts';
import { NGINX, ORDERS_DB, SHOP } from './fake-services.ts';

/** 1 s of response time: 100 ms own, 850 ms nginx with a database below it, 50 ms a database. */
export const HOTSPOT_ANSWERS = {
  hotspots: ({ target, path }: NodeParams): HotspotsAnswer => ({
    target,
    path,
    nodes: [
      node({ service: path[path.length - 1], caller: -1, timeNs: 1_000_000_000n, ownNs: 100_000_000n }),
      node({ service: NGINX, caller: 0, timeNs: 850_000_000n, ownNs: 150_000_000n }),
      { ...node({ service: ORDERS_DB, caller: 1, timeNs: 700_000_000n, ownNs: 700_000_000n }), shares: null },
      node({ service: ORDERS_DB, caller: 0, timeNs: 50_000_000n, ownNs: 50_000_000n }),
    ],
    findings: [
      {
        key: { kind: 'repeated', caller: NGINX, callee: ORDERS_DB, endpoint: 'SELECT items' },
        requests: 120,
        calls: 1500,
        mostCalls: 40,
        timeNs: 600_000_000n,
      },
      {
        key: { kind: 'sequential', caller: SHOP, first: NGINX, second: ORDERS_DB },
        requests: 7,
        calls: 9,
        mostCalls: 1,
        timeNs: 30_000_000n,
      },
    ],
    outside: 3,
    withoutTime: 0,
  }),
  methods: (): MethodsAnswer => ({
    found: true,
    sampled: { requests: 200, looked: 50 },
    rows: [
      {
        seenAs: ['work', '1', 'com.shop.Cart.add', ''],
        name: 'work',
        kind: 1,
        code: 'com.shop.Cart.add',
        place: 'Cart.java:12',
        own: true,
        spans: 60,
        requests: 50,
        selfNs: 300_000_000,
        criticalNs: 200_000_000,
        traceId: 'a'.repeat(32),
        spanId: 'b'.repeat(16),
      },
    ],
    leftOut: 0,
    responseNs: 500_000_000,
    calleesNs: 300_000_000,
    selfNs: 400_000_000,
  }),
};

type Times = Pick<HotspotsAnswer['nodes'][number], 'service' | 'caller' | 'timeNs' | 'ownNs'>;

function node(times: Times): HotspotsAnswer['nodes'][number] {
  return {
    ...times,
    requests: 200,
    failedRequests: 10,
    waitedFor: 180,
    shares: { median: 0.4, p95: 0.9 },
  };
}
