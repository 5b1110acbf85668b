/** What requests are split by, as text: `endpoint`, `span.http.route`, `resource.host.name`, `.tenant`; and single groups, and the rest, as JSON. */
import * as z from 'zod/mini';
import { MEASURES, REQUEST_KINDS, SPLIT_FACTS } from '../model/answers-top.ts';
import type { Split, TopChoice } from '../model/answers-top.ts';
import type { EvidencePlace } from '../model/answers-evidence.ts';
import { SERVICE_TYPES } from '../model/service.ts';
import { readJson } from './json-text.ts';

// Before the first schema is made, see fields.ts.
z.config({ jitless: true });

export function writeSplit(split: Split): string {
  if (split.kind === 'fact') return split.name;
  return `${split.scope === 'any' ? '' : split.scope}.${split.key}`;
}

/** null: no split. */
export function readSplit(text: string): Split | null {
  const name = SPLIT_FACTS.find((known) => known === text);
  if (name) return { kind: 'fact', name };
  const dot = text.indexOf('.');
  const [word, key] = [text.slice(0, Math.max(0, dot)), text.slice(dot + 1)];
  if (dot < 0 || key === '') return null;
  if (word === '') return { kind: 'attribute', scope: 'any', key };
  return word === 'span' || word === 'resource' ? { kind: 'attribute', scope: word, key } : null;
}

type GroupPlace = Extract<EvidencePlace, { kind: 'top' }>;

const placeSchema = z.object({
  of: z.enum(REQUEST_KINDS),
  by: z.array(z.string()).check(z.maxLength(2)),
  values: z
    .array(
      z.object({
        value: z.nullable(z.string()),
        service: z.nullable(z.object({ name: z.string(), type: z.enum(SERVICE_TYPES) })),
      }),
    )
    .check(z.maxLength(2)),
});

const choiceSchema = z.object({
  of: z.enum(REQUEST_KINDS),
  by: z.array(z.string()).check(z.minLength(1), z.maxLength(2)),
  measure: z.enum(MEASURES),
  top: z.int().check(z.minimum(1), z.maximum(999)),
});

export function writeTopPlace({ of, splits, values }: GroupPlace): string {
  return JSON.stringify({ of, by: splits.map(writeSplit), values });
}

/** null: no such place. */
export function readTopPlace(text: string): GroupPlace | null {
  const read = placeSchema.safeParse(readJson(text));
  if (!read.success) return null;
  const { of, by, values } = read.data;
  const splits = readSplits(by);
  return splits && values.length === by.length ? { kind: 'top', of, splits, values } : null;
}

export function writeTopChoice({ kind, splits, measure, top }: TopChoice): string {
  return JSON.stringify({ of: kind, by: splits.map(writeSplit), measure, top });
}

/** null: no such choice. */
export function readTopChoice(text: string): TopChoice | null {
  const read = choiceSchema.safeParse(readJson(text));
  if (!read.success) return null;
  const { of, by, measure, top } = read.data;
  const splits = readSplits(by);
  return splits && { kind: of, splits, measure, top };
}

/** null: one of them is no split. */
function readSplits(words: readonly string[]): readonly Split[] | null {
  const splits = words.flatMap((word) => readSplit(word) ?? []);
  return splits.length === words.length ? splits : null;
}
