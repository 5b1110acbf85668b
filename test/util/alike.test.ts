import { expect, test } from 'vitest';
import { alikeNames } from '../../src/util/alike.ts';

const NAMES = ['orders', 'order-service', 'ORDERS_DB', 'payment', 'payments', 'frontend', 'mail'];

test.each([
  ['Orders', ['orders', 'ORDERS_DB', 'order-service']],
  ['payment-v2', ['payments', 'payment']],
  ['paymnt', ['payment', 'payments']],
  ['shop/frontend', ['frontend']],
  ['warehouse', []],
  ['', []],
])('for “%s” are offered %j', (wanted, expected) => {
  expect(alikeNames(wanted, NAMES, 5).toSorted()).toEqual(expected.toSorted());
});

test('the most alike come first, and not all of them', () => {
  expect(alikeNames('orders', NAMES, 2)).toHaveLength(2);
  expect(alikeNames('order', NAMES, 1)).toEqual(['orders']);
});
