/** Rulesets that touch what trace-generator.ts makes. */
import fc from 'fast-check';
import { HTTP_4XX_CHOICES, RULESET_PRESETS } from '../../src/model/ruleset.ts';
import type { FailureRule, RuleScope, Ruleset } from '../../src/model/ruleset.ts';

const scopes: fc.Arbitrary<RuleScope> = fc.record({
  service: fc.constantFrom(
    null,
    null,
    { name: 'frontend', type: 'service' as const },
    { name: 'cart', type: 'service' as const },
    { name: 'orders', type: 'database' as const },
  ),
  endpoint: fc.constantFrom(null, null, 'GET /cart', 'Cart/Get', 'work'),
});
const verdict = fc.constantFrom('failure' as const, 'success' as const);

const rules: fc.Arbitrary<FailureRule> = fc.oneof(
  fc.record({
    kind: fc.constant('httpStatus' as const),
    scope: scopes,
    from: fc.constantFrom(200, 404, 500),
    to: fc.constantFrom(299, 404, 599),
    verdict,
  }),
  fc.record({
    kind: fc.constant('exception' as const),
    scope: scopes,
    text: fc.constantFrom('boom', 'Timeout', 'order 42', 'after 17 ms', ' ', 'absent'),
    verdict,
  }),
  fc.record({ kind: fc.constant('ignoreStatus' as const), scope: scopes }),
);

export const rulesets: fc.Arbitrary<Ruleset> = fc.record({
  preset: fc.constantFrom(...RULESET_PRESETS),
  http4xx: fc.constantFrom(...HTTP_4XX_CHOICES),
  scopes: fc.array(
    fc.record({
      scope: scopes,
      preset: fc.constantFrom(null, ...RULESET_PRESETS),
      http4xx: fc.constantFrom(null, ...HTTP_4XX_CHOICES),
    }),
    { maxLength: 2 },
  ),
  rules: fc.array(rules, { maxLength: 3 }),
});
