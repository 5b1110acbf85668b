import { expect, test } from 'vitest';
import { upgradeParams } from '../../src/link/upgrades.ts';
import type { LinkParams, Upgrade } from '../../src/link/upgrades.ts';

const rename =
  (from: string, to: string): Upgrade =>
  (params) =>
    new Map([...params].map(([key, values]) => [key === from ? to : key, values]));

const STEPS = [rename('svc', 'app'), rename('app', 'service')];
const OLD: LinkParams = new Map([['svc', ['orders']]]);

test.each([
  [1, 'service'],
  [2, 'svc'],
  [3, 'svc'],
])('a link of version %i goes through the later steps, in order', (version, key) => {
  expect([...upgradeParams(OLD, version, STEPS)]).toEqual([[key, ['orders']]]);
});

test('a link of version 2 goes through the second step only', () => {
  expect([...upgradeParams(new Map([['app', ['orders']]]), 2, STEPS)]).toEqual([['service', ['orders']]]);
});
