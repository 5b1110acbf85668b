import { expect, test } from 'vitest';
import { messageWithoutIds, withoutIds } from '../../src/util/id-free.ts';

test.each([
  ['/users/42/orders', '/users/{id}/orders'],
  ['/users/42', '/users/{id}'],
  ['/api/v2/users', '/api/v2/users'],
  ['/3d-models', '/3d-models'],
  ['/o/5b8efff7-9803-4103-a269-b633813fc60c/x', '/o/{id}/x'],
  ['/t/5b8efff798038103', '/t/{id}'],
  ['/t/0x5b8efff798038103', '/t/{id}'],
  ['/feed/face', '/feed/face'],
  ['/d/2026-11-22', '/d/{id}'],
  ['/d/2026-11-22T10:11:12.123Z/x', '/d/{id}/x'],
  ['/mail/jane.doe@example.org/inbox', '/mail/{id}/inbox'],
  ['/item-42_7.html', '/item-{id}_{id}.html'],
  ['/', '/'],
])('%s becomes %s', (path, expected) => {
  expect(withoutIds(path)).toBe(expected);
});

test.each([
  ['timeout after 500ms', 'timeout after {id}ms'],
  ['order 42 of 7 not found', 'order {id} of {id} not found'],
  ['E1234 happened', 'E1234 happened'],
  ['plain words', 'plain words'],
])('as a message, %s becomes %s', (message, expected) => {
  expect(messageWithoutIds(message)).toBe(expected);
});
