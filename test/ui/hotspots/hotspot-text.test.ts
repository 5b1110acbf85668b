import { expect, test } from 'vitest';
import type { HotspotNode } from '../../../src/model/answers-hotspots.ts';
import { describeHotspots } from '../../../src/ui/hotspots/hotspot-text.ts';

const root: HotspotNode = {
  service: { name: 'orders', type: 'service' },
  caller: -1,
  requests: 4,
  failedRequests: 0,
  waitedFor: 4,
  timeNs: 400n,
  ownNs: 400n,
  shares: null,
};

test('the sentence about the hotspots names every service that is analysed', () => {
  expect(describeHotspots([root])).toBe('100\u00a0% of the response time of orders is its own time.');
  expect(describeHotspots([{ ...root, others: [{ name: 'cart', type: 'service' }] }])).toBe(
    '100\u00a0% of the response time of orders + cart is their own time.',
  );
});
