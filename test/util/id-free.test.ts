import { expect, test } from 'vitest';
import { idsOutOfMessage } from '../reference/ids-out.ts';
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
  ['connect ECONNREFUSED 10.0.0.1:8080', 'connect ECONNREFUSED {id}'],
  ['connect ECONNREFUSED ::1:3000', 'connect ECONNREFUSED {id}'],
  ['dial tcp [2001:db8::5]:443: refused', 'dial tcp {id}: refused'],
  ['ipv4:10.1.2.3:50051: Failed', 'ipv4:{id}: Failed'],
  ['::ffff:10.0.0.1 is lost', '{id} is lost'],
  ['fe80::1%eth0 to 2001:0db8:0000:0000:0000:ff00:0042:8329', '{id} to {id}'],
  ['no route to 10.0.0.1.', 'no route to {id}.'],
  ['version 1.2.3 at 12:30:45', 'version {id}.{id} at {id}:{id}:{id}'],
  ['999.1.2.3 is no address', '{id}.{id} is no address'],
  ['12:30:45,std::bad_alloc and abc::def', '{id}:{id}:{id},std::bad_alloc and abc::def'],
])('as a message, %s becomes %s', (message, expected) => {
  expect(messageWithoutIds(message)).toBe(expected);
  expect(idsOutOfMessage(message)).toBe(expected);
});
