/** Any selection of requests that a link can hold, and what it is made of. */
import fc from 'fast-check';
import { AGREEMENTS, OPERATIONS, SIGHTING_TABLES, WAITS } from '../../src/model/answers-evidence.ts';
import type { EvidencePlace, EvidenceSelection } from '../../src/model/answers-evidence.ts';
import type { FindingKey } from '../../src/model/answers-hotspots.ts';
import { FATES } from '../../src/model/answers-impact.ts';
import { MEASURES, REQUEST_KINDS, SPLIT_FACTS } from '../../src/model/answers-top.ts';
import type { Split } from '../../src/model/answers-top.ts';
import { SERVICE_TYPES } from '../../src/model/service.ts';
import { conditions } from './condition-generator.ts';
import { rulesets } from './ruleset-generator.ts';

export const name = fc.string({ unit: 'grapheme', maxLength: 12 });
export const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
export const service = fc.record({ name, type: fc.constantFrom(...SERVICE_TYPES) });
export const chain = fc.array(service, { minLength: 1, maxLength: 4 });
export const instant = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n });

const finding: fc.Arbitrary<FindingKey> = fc.oneof(
  fc.record({ kind: fc.constant('repeated' as const), caller: service, callee: service, endpoint: name }),
  fc.record({ kind: fc.constant('sequential' as const), caller: service, first: service, second: service }),
  fc.record({ kind: fc.constant('statement' as const), callee: service, endpoint: name }),
);
export const split: fc.Arbitrary<Split> = fc.oneof(
  fc.constantFrom(...SPLIT_FACTS).map((fact): Split => ({ kind: 'fact', name: fact })),
  fc.record({
    kind: fc.constant('attribute' as const),
    scope: fc.constantFrom('span' as const, 'resource' as const, 'any' as const),
    key: name.filter(Boolean),
  }),
);
const place: fc.Arbitrary<EvidencePlace> = fc.oneof(
  fc.record({
    kind: fc.constant('finding' as const),
    path: chain,
    finding: fc.oneof(finding, fc.record({ kind: fc.constantFrom('outside', 'withoutTime') })),
  }),
  fc.record({ kind: fc.constant('node' as const), path: chain }),
  fc.record({ kind: fc.constant('flow' as const), path: chain, down: chain }),
  fc.record({
    kind: fc.constant('rules' as const),
    after: rulesets,
    change: fc.constantFrom('requests', 'failedBefore', 'failedAfter', 'becameFailed', 'becameFine'),
  }),
  fc.record({ kind: fc.constant('ends' as const) }),
  fc.record({ kind: fc.constant('hop' as const), caller: service, callee: service }),
  fc
    .array(fc.tuple(split, fc.record({ value: nullable(name), service: nullable(service) })), {
      maxLength: 2,
    })
    .chain((pairs) =>
      fc.record({
        kind: fc.constant('top' as const),
        of: fc.constantFrom(...REQUEST_KINDS),
        splits: fc.constant(pairs.map(([by]) => by)),
        values: fc.constant(pairs.map(([, value]) => value)),
      }),
    ),
  fc.record({
    kind: fc.constant('rest' as const),
    choice: fc.record({
      kind: fc.constantFrom(...REQUEST_KINDS),
      splits: fc.array(split, { minLength: 1, maxLength: 2 }),
      measure: fc.constantFrom(...MEASURES),
      top: fc.integer({ min: 1, max: 999 }),
    }),
  }),
);
const fate: fc.Arbitrary<NonNullable<EvidenceSelection['fate']>> = fc.oneof(
  fc.record({ fate: fc.constantFrom(...FATES) }),
  fc.record({ fate: fc.constantFrom(...FATES), service }),
  fc.record({ fate: fc.constantFrom(...FATES), endpoint: name }),
  fc.record({ fate: fc.constantFrom(...FATES), service, endpoint: name }),
);
const cause = fc.oneof(
  fc.record({ own: fc.boolean() }),
  fc.record({ own: fc.boolean(), service }),
  fc.record({ own: fc.boolean(), service, reason: name }),
);
export const evidence: fc.Arbitrary<EvidenceSelection> = fc.record(
  {
    place,
    count: fc.constantFrom('calls', 'failedCalls', 'requests', 'hit', 'notHitFailed'),
    end: fc.constantFrom('userAction', 'entryPoint', 'callerMissing', 'any', 'known'),
    calledBy: service,
    chain,
    here: conditions,
    endpoint: name,
    instance: name,
    reason: name,
    httpStatus: fc.nat({ max: 599 }),
    durationNs: fc.record({ from: fc.nat(), to: nullable(fc.nat()) }),
    start: fc.record({ from: nullable(instant), to: nullable(instant) }),
    callee: fc.constantFrom('failed', 'fine'),
    fate,
    operation: fc.constantFrom(...OPERATIONS),
    agreement: fc.constantFrom(...AGREEMENTS),
    side: fc.constantFrom('b', 'both'),
    orMissing: fc.constant(true),
    service,
    calling: service,
    cause,
    seen: fc.record({ in: fc.constantFrom(...SIGHTING_TABLES), as: fc.array(name, { maxLength: 3 }) }),
    waits: fc.constantFrom(...WAITS),
    where: conditions,
  },
  { requiredKeys: ['place', 'count'] },
);
