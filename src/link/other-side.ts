/** What a view is compared with, as readable texts: `from:2026-…`, `to:…`, `endpoint:GET /`, `instance:pod-1`. */
import type { Filter, Target } from '../model/answers.ts';
import { readInstant, writeInstant } from './instant-text.ts';

/** Side b: the target and filters of the view but for these. null: as in the view, of a timeframe open. */
export interface OtherSide {
  readonly from: bigint | null;
  readonly to: bigint | null;
  readonly endpoint: string | null;
  readonly instance: string | null;
}

const KEYS = ['from', 'to', 'endpoint', 'instance'] as const;

/** A side that differs in nothing is written too: its link still says that there is a comparison. */
export function writeOtherSide(side: OtherSide): readonly string[] {
  const texts: string[] = [];
  if (side.from !== null) texts.push(`from:${writeInstant(side.from)}`);
  if (side.to !== null) texts.push(`to:${writeInstant(side.to)}`);
  if (side.endpoint !== null) texts.push(`endpoint:${side.endpoint}`);
  if (side.instance !== null) texts.push(`instance:${side.instance}`);
  return texts.length === 0 ? ['all'] : texts;
}

/** null: cannot be read. */
export function readOtherSide(texts: readonly string[]): OtherSide | null {
  const values = new Map<string, string>();
  for (const text of texts.length === 1 && texts[0] === 'all' ? [] : texts) {
    const colon = text.indexOf(':');
    const key = KEYS.find((known) => known === text.slice(0, Math.max(0, colon)));
    if (key === undefined) return null;
    values.set(key, text.slice(colon + 1));
  }
  const instant = (key: 'from' | 'to') => {
    const text = values.get(key);
    return text === undefined ? null : (readInstant(text) ?? undefined);
  };
  const from = instant('from');
  const to = instant('to');
  if (from === undefined || to === undefined) return null;
  return {
    from,
    to,
    endpoint: values.get('endpoint') ?? null,
    instance: values.get('instance') ?? null,
  };
}

/** Side b of a comparison with these target and filters. */
export function otherParams(
  side: OtherSide,
  target: Target,
  filter: Filter,
): { readonly target: Target; readonly filter: Filter } {
  return {
    target: {
      service: target.service,
      endpoint: side.endpoint ?? target.endpoint,
      instance: side.instance ?? target.instance,
    },
    filter: { ...filter, timeframe: { from: side.from, to: side.to } },
  };
}
