/** Failure rules as a file: JSON that people can read, and that is checked like a link. */
import type { Ruleset } from '../model/ruleset.ts';
import { readRules } from './rules-text.ts';

const KIND = 'headwater failure rules';
const VERSION = 1;

export function rulesToFile(rules: Ruleset): string {
  return `${JSON.stringify({ kind: KIND, version: VERSION, ...rules }, null, 2)}\n`;
}

/** Or a sentence about why it holds no rules. */
export function rulesFromFile(text: string): Ruleset | string {
  const file = parseObject(text);
  if (file === null || file.kind !== KIND) return 'This file holds no failure rules of Headwater.';
  if (typeof file.version === 'number' && file.version > VERSION)
    return 'This file was written by a newer version of Headwater.';
  const { preset, http4xx, scopes, rules } = file;
  const listed = Array.isArray(scopes) && Array.isArray(rules) ? { scopes, rules } : null;
  const read =
    listed === null || typeof preset !== 'string' || typeof http4xx !== 'string'
      ? null
      : readRules([
          preset,
          `4xx:${http4xx}`,
          ...listed.scopes.map((part: unknown) => `part:${JSON.stringify(part)}`),
          ...listed.rules.map((rule: unknown) => `rule:${JSON.stringify(rule)}`),
        ]);
  return read ?? 'Some of the rules in this file cannot be read; none of them is taken.';
}

/** null: not a JSON object. */
function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
