import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HEADWATER_RULES } from '../../src/failure/rulesets.ts';
import { rulesFromFile, rulesToFile } from '../../src/link/rules-file.ts';
import { rulesets } from '../support/ruleset-generator.ts';

test('a file brings back the rules that were saved', () => {
  fc.assert(
    fc.property(rulesets, (rules) => {
      expect(rulesFromFile(rulesToFile(rules))).toEqual(rules);
    }),
  );
});

const GOOD: object = JSON.parse(rulesToFile(HEADWATER_RULES));

test.each([
  ['not JSON at all', 'no failure rules'],
  ['null', 'no failure rules'],
  ['[1]', 'no failure rules'],
  ['{"resourceSpans":[]}', 'no failure rules'],
  [JSON.stringify({ ...GOOD, version: 2 }), 'newer version'],
  [JSON.stringify({ ...GOOD, preset: 'unheard-of' }), 'cannot be read'],
  [JSON.stringify({ ...GOOD, http4xx: 'sometimes' }), 'cannot be read'],
  [JSON.stringify({ ...GOOD, rules: [{ kind: 'httpStatus', from: -1 }] }), 'cannot be read'],
  [JSON.stringify({ ...GOOD, scopes: 'none' }), 'cannot be read'],
])('%s is refused with a sentence', (text, sentence) => {
  expect(rulesFromFile(text)).toContain(sentence);
});
