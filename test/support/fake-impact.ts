/** What the fake client says about failures and about two sides. */
import type { Target } from '../../src/model/answers.ts';
import type { DisagreementAnswer, RetriesAnswer } from '../../src/model/answers-calls.ts';
import type { CompareAnswer, CompareNode, FigureChange } from '../../src/model/answers-compare.ts';
import type { CompletenessAnswer, FatesAnswer, HopsAnswer } from '../../src/model/answers-impact.ts';
import type { RulesPreview } from '../../src/model/answers-rules.ts';
import { NGINX, SHOP } from './fake-services.ts';

const SAME: FigureChange = { difference: 0, chance: null, beyondChance: false };

const FIGURES = {
  calls: 100,
  failedCalls: 2,
  requests: 100,
  failedRequests: 2,
  share: 1,
  hit: 2,
  hitFailed: 2,
  notHit: 98,
  notHitFailed: 0,
  ends: { userAction: 0, entryPoint: 0, callerMissing: 0 },
  responseTime: { count: 100, average: 20, median: 12, p75: 30, p90: 90, p95: 250, p99: 400, max: 812 },
};

const CALLER: CompareNode = {
  service: NGINX,
  presence: 'appeared',
  a: null,
  b: FIGURES,
  share: { difference: 1, chance: 0.001, beyondChance: true },
  failureRate: { difference: null, chance: null, beyondChance: false },
  callFailureRate: { difference: null, chance: null, beyondChance: false },
  responseTime: { difference: null, chance: null, beyondChance: false },
  callers: [],
};

const ATTEMPTS = {
  operations: 150,
  attempts: 180,
  retried: 20,
  recovered: 14,
  exhausted: 6,
  notRetried: 3,
  mostAttempts: 3,
};
const AGREEMENT = { bothFine: 160, bothFailed: 25, callerOnly: 9, serviceOnly: 2, callerOnlyBy4xx: 7 };

const SIDE_NAMES = { endpoints: ['GET /orders/{id}'], instances: ['pod-7'] };

export const IMPACT_ANSWERS = {
  fates: ({ target }: { target: Target }): FatesAnswer => ({
    target,
    found: true,
    failures: 30,
    counts: { userAction: 2, entryPoint: 0, absorbed: 28, unknown: 0, nobodyWaited: 0 },
    places: [
      { fate: 'userAction', service: SHOP, endpoint: 'click on "Buy"', failures: 2 },
      { fate: 'absorbed', service: NGINX, endpoint: '', failures: 28 },
    ],
    sentence: [
      { text: '28 of 30 failures were absorbed by ', names: null },
      { text: 'nginx', names: 'service' },
      { text: '; 2 reached the user action ', names: null },
      { text: 'click on "Buy"', names: 'userAction' },
      { text: '.', names: null },
    ],
  }),
  hops: ({ target }: { target: Target }): HopsAnswer => ({
    target,
    found: true,
    hops: [
      {
        caller: NGINX,
        callee: target.service,
        calleeFailed: 30,
        calleeFailedCallerFailed: 2,
        calleeFine: 170,
        calleeFineCallerFailed: 0,
        failsIfFailed: 2 / 30,
        failsIfFine: 0,
        difference: 2 / 30,
        interval: { low: 0.011, high: 0.213 },
      },
    ],
    root: { service: target.service, hop: null, callers: [] },
  }),
  completeness: ({ target }: { target: Target }): CompletenessAnswer => ({
    target,
    found: true,
    calls: 200,
    failedCalls: 30,
    callsMissing: 5,
    failedCallsMissing: 1,
    ends: { userAction: 195, entryPoint: 0, callerMissing: 5 },
    broken: [{ service: NGINX, requests: 5, calls: 5, failedCalls: 1 }],
    userActionsHit: { low: 29, high: 30 },
    userActionsHitFailed: { low: 2, high: 3 },
    usersHit: null,
    usersHitFailed: null,
    sessionsHit: null,
    sessionsHitFailed: null,
    failuresAtUsers: { low: 2, high: 3 },
  }),
  retries: ({ target }: { target: Target }): RetriesAnswer => ({
    ...ATTEMPTS,
    target,
    found: true,
    withoutCaller: 5,
    byAttempts: [],
    rows: [{ ...ATTEMPTS, caller: NGINX, endpoint: 'GET /orders/{id}' }],
  }),
  disagreement: ({ target }: { target: Target }): DisagreementAnswer => ({
    ...AGREEMENT,
    target,
    found: true,
    withoutView: 4,
    rows: [{ ...AGREEMENT, caller: NGINX, endpoint: 'GET /orders/{id}' }],
    statuses: [],
  }),
  rulesPreview: (): RulesPreview => ({
    requests: 500,
    failedBefore: 30,
    becameFailed: 0,
    becameFine: 12,
    failedAfter: 18,
    services: [
      { service: NGINX, requests: 200, failedBefore: 20, becameFailed: 0, becameFine: 12, failedAfter: 8 },
    ],
    reasons: [{ service: NGINX, reason: 'HTTP 404', becomes: 'fine', requests: 12 }],
  }),
  compare: ({ target, other }: { target: Target; other: { target: Target } }): CompareAnswer => ({
    a: { target, found: true, requests: 100, unfiltered: 200, ...SIDE_NAMES },
    b: { target: other.target, found: true, requests: 100, unfiltered: 200, ...SIDE_NAMES },
    overlap: 7,
    root: {
      service: target.service,
      presence: 'both',
      a: FIGURES,
      b: { ...FIGURES, failedRequests: 12 },
      share: SAME,
      failureRate: { difference: 0.1, chance: 0.01, beyondChance: true },
      callFailureRate: SAME,
      responseTime: { difference: -2, chance: 0.4, beyondChance: false },
      callers: [CALLER],
    },
    chains: [
      {
        chain: [SHOP, NGINX, target.service],
        presence: 'appeared',
        calls: 40,
        chance: 0.001,
        beyondChance: true,
      },
    ],
  }),
};
