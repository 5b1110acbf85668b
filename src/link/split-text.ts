/** What requests are split by, as text: `endpoint`, `span.http.route`, `resource.host.name`, `.tenant`; and single groups as JSON. */
import * as z from 'zod/mini';
import { REQUEST_KINDS, SPLIT_FACTS } from '../model/answers-top.ts';
import type { Split } from '../model/answers-top.ts';
import type { EvidencePlace } from '../model/answers-evidence.ts';
import { SERVICE_TYPES } from '../model/service.ts';

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

type TopPlace = Extract<EvidencePlace, { kind: 'top' }>;

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

export function writeTopPlace({ of, splits, values }: TopPlace): string {
  return JSON.stringify({ of, by: splits.map(writeSplit), values });
}

/** null: no such place. */
export function readTopPlace(text: string): TopPlace | null {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch {
    return null;
  }
  const read = placeSchema.safeParse(written);
  if (!read.success) return null;
  const { of, by, values } = read.data;
  const splits = by.flatMap((word) => readSplit(word) ?? []);
  if (splits.length !== by.length || values.length !== by.length) return null;
  return { kind: 'top', of, splits, values };
}
