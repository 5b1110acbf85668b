/** Failure rules as texts: `otel`, `4xx:none`, then one per part and rule: `part:{…}`, `rule:{…}` (JSON). */
import * as z from 'zod/mini';
import { HTTP_4XX_CHOICES, RULESET_PRESETS } from '../model/ruleset.ts';
import type { FailureRule, Ruleset, ScopedPreset } from '../model/ruleset.ts';
import { SERVICE_TYPES } from '../model/service.ts';
import { readJson } from './json-text.ts';

// Before the first schema is made, see fields.ts.
z.config({ jitless: true });

const httpStatus = z.number().check(z.int(), z.gte(0), z.lte(65_535));
const verdict = z.enum(['failure', 'success']);
const scope = z.object({
  service: z.nullable(z.object({ name: z.string(), type: z.enum(SERVICE_TYPES) })),
  endpoint: z.nullable(z.string()),
});
const ruleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('httpStatus'), scope, from: httpStatus, to: httpStatus, verdict }),
  z.object({ kind: z.literal('exception'), scope, text: z.string(), verdict }),
  z.object({ kind: z.literal('ignoreStatus'), scope }),
]);
const partSchema = z.object({
  scope,
  preset: z.nullable(z.enum(RULESET_PRESETS)),
  http4xx: z.nullable(z.enum(HTTP_4XX_CHOICES)),
});

export function writeRules({ preset, http4xx, scopes, rules }: Ruleset): readonly string[] {
  return [
    preset,
    ...(http4xx === 'client' ? [] : [`4xx:${http4xx}`]),
    ...scopes.map((part) => `part:${JSON.stringify(part)}`),
    ...rules.map((rule) => `rule:${JSON.stringify(rule)}`),
  ];
}

/** null: not a ruleset. */
export function readRules(texts: readonly string[]): Ruleset | null {
  const preset = RULESET_PRESETS.find((name) => name === texts[0]);
  if (preset === undefined) return null;
  let http4xx: Ruleset['http4xx'] = 'client';
  const scopes: ScopedPreset[] = [];
  const rules: FailureRule[] = [];
  for (const text of texts.slice(1)) {
    const colon = text.indexOf(':');
    const key = text.slice(0, Math.max(0, colon));
    const value = text.slice(colon + 1);
    const choice = key === '4xx' ? HTTP_4XX_CHOICES.find((name) => name === value) : undefined;
    const part = key === 'part' ? partSchema.safeParse(readJson(value)).data : undefined;
    const rule = key === 'rule' ? ruleSchema.safeParse(readJson(value)).data : undefined;
    if (choice !== undefined) http4xx = choice;
    else if (part !== undefined) scopes.push(part);
    else if (rule !== undefined) rules.push(rule);
    else return null;
  }
  return { preset, http4xx, scopes, rules };
}
