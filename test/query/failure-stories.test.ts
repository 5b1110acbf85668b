/** Small drawn traces in which one can count by hand what became of failures. */
import { expect, test } from 'vitest';
import type { Target } from '../../src/model/answers.ts';
import { EVERYWHERE, HEADWATER_RULES } from '../../src/failure/rulesets.ts';
import { describeCompleteness } from '../../src/query/completeness.ts';
import { describeFates } from '../../src/query/fates.ts';
import { describeHops } from '../../src/query/hops.ts';
import { describeRetries } from '../../src/query/retries.ts';
import { describeService } from '../../src/query/service.ts';
import { withRules } from '../../src/query/with-rules.ts';
import { NO_FILTER } from '../reference/backtrace.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { trace } from '../support/trace-text.ts';

const PAYMENT: Target = {
  service: { name: 'payment', type: 'service' },
  endpoint: null,
  instance: null,
};

const STORY = `
shop       Book now     app
  booking  POST /book   server  503
    payment  POST /pay  server  500
shop       Book now     app
  booking  POST /book   server  200
    payment  POST /pay  server  500
  booking  POST /book   server  200
    payment  POST /pay  server  200
booking    POST /book   server  500
  payment  POST /pay    server  500
booking    POST /book   server  500  parent=99
  payment  POST /pay    server  500
mailer     send         producer  messaging.destination.name=mails
  payment  refund       consumer  error
`;

test('each failure has one fate, and the sentence tells them', () => {
  const { requests } = assembleSpans(trace(STORY));
  const fates = describeFates(requests, PAYMENT, NO_FILTER);
  expect(fates.failures).toBe(5);
  expect(fates.counts).toEqual({ userAction: 0, entryPoint: 1, absorbed: 2, unknown: 1, nobodyWaited: 1 });
  expect(fates.sentence.map(({ text }) => text).join('')).toBe(
    '2 of 5 failures were absorbed by booking (1) and shop (1); ' +
      '1 reached the entry point POST /book of booking; ' +
      '1 happened asynchronously in payment, where nobody waited; ' +
      '1 went on from booking to callers that are missing.',
  );
});

test('the hop to booking is counted over its requests', () => {
  const { requests } = assembleSpans(trace(STORY));
  const { hops } = describeHops(requests, PAYMENT, NO_FILTER);
  const hop = hops.find(({ caller, callee }) => caller.name === 'booking' && callee.name === 'payment');
  expect(hop).toMatchObject({
    calleeFailed: 4,
    calleeFailedCallerFailed: 3,
    calleeFine: 1,
    calleeFineCallerFailed: 0,
    failsIfFailed: 0.75,
    failsIfFine: 0,
    difference: 0.75,
  });
});

test('missing callers leave open how many user actions were hit', () => {
  const { requests } = assembleSpans(trace(STORY));
  expect(describeCompleteness(requests, PAYMENT, NO_FILTER)).toMatchObject({
    calls: 6,
    callsMissing: 1,
    userActionsHit: { low: 2, high: 3 },
    userActionsHitFailed: { low: 0, high: 1 },
    failuresAtUsers: { low: 0, high: 1 },
  });
});

test('a call that is tried again until it succeeds is one operation that recovered', () => {
  const { requests } = assembleSpans(
    trace(`
booking    POST /book   server  100ms
  payment  POST /pay    server  10ms  at=0ms   500
  payment  POST /pay    server  10ms  at=10ms  500
  payment  POST /pay    server  10ms  at=30ms
  payment  POST /pay    server  10ms  at=50ms
`),
  );
  expect(describeRetries(requests, PAYMENT, NO_FILTER)).toMatchObject({
    operations: 2,
    attempts: 4,
    retried: 1,
    recovered: 1,
    exhausted: 0,
    mostAttempts: 3,
  });
});

test('a status that a rule makes a failure is its reason, below 400 too', () => {
  const { requests } = assembleSpans(
    trace('payment  POST /pay  server  204\npayment  POST /pay  server  200'),
  );
  const ruled = withRules(requests, {
    ...HEADWATER_RULES,
    rules: [{ kind: 'httpStatus', scope: EVERYWHERE, from: 204, to: 204, verdict: 'failure' }],
  });
  expect(describeService(ruled, PAYMENT, NO_FILTER)).toMatchObject({
    requests: 2,
    failedRequests: 1,
    reasons: [{ reason: 'HTTP 204', failedRequests: 1 }],
  });
  expect(describeService(requests, PAYMENT, NO_FILTER).failedRequests).toBe(0);
});
