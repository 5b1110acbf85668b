import { expect, test } from 'vitest';
import { exceptionText } from '../../src/failure/reason.ts';
import { holdsText } from '../../src/failure/policies.ts';

test.each([
  // what Node's gRPC records
  [
    '14',
    '14 UNAVAILABLE: No connection. Last error: connect ECONNREFUSED 10.0.0.1:7070',
    'gRPC {id} UNAVAILABLE: No connection. Last error: connect ECONNREFUSED {id}',
  ],
  ['Error', '14 UNAVAILABLE: No connection', 'Error: {id} UNAVAILABLE: No connection'],
  ['', '14 UNAVAILABLE: No connection', '{id} UNAVAILABLE: No connection'],
  // the name is not that of the code: no gRPC
  ['14', '14 APPLES: eaten', '{id}: {id} APPLES: eaten'],
  ['14', '13 INTERNAL: other code', '{id}: {id} INTERNAL: other code'],
])('of an exception %s: %s the reason is %s', (type, message, reason) => {
  expect(exceptionText(type, message)).toBe(reason);
});

test.each(['14 UNAVAILABLE: No connection', '14: 14 UNAVAILABLE: No connection', 'unavailable'])(
  'a rule about “%s” still meets the exception of Node’s gRPC',
  (wanted) => expect(holdsText(exceptionText('14', '14 UNAVAILABLE: No connection'), wanted)).toBe(true),
);
