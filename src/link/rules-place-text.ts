/** A number of the preview of failure rules, as JSON: which one, and the rules that are tried as in rules-text.ts. */
import * as z from 'zod/mini';
import type { RulesPlace } from '../model/answers-evidence.ts';
import { readJson } from './json-text.ts';
import { readRules, writeRules } from './rules-text.ts';

// Before the first schema is made, see fields.ts.
z.config({ jitless: true });

const CHANGES = ['requests', 'failedBefore', 'failedAfter', 'becameFailed', 'becameFine'] as const;

const schema = z.object({ change: z.enum(CHANGES), after: z.array(z.string()) });

export function writeRulesPlace({ change, after }: RulesPlace): string {
  return JSON.stringify({ change, after: writeRules(after) });
}

/** null: no such place. */
export function readRulesPlace(text: string): RulesPlace | null {
  const read = schema.safeParse(readJson(text));
  const after = read.success ? readRules(read.data.after) : null;
  return read.success && after ? { kind: 'rules', change: read.data.change, after } : null;
}
