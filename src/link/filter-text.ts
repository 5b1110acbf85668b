/**
 * Filters as readable texts. A chain is written as in chain-text.ts, one that is excluded behind `~!`, the condition
 * of a step behind `~?` in the same escapes: `~!orders~?{ request~-failed = true },nginx`. No name can hold either.
 * A zone is `key:value`, once for each of its values; `~-` is a colon of the key. Conditions are TraceQL.
 */
import type { ChainFilter, ZoneFilter } from '../model/answers.ts';
import { resourceSpellings } from '../model/attribute-keys.ts';
import type { Condition } from '../model/conditions.ts';
import { escapePart, readStep, unescapePart, writeStep } from './chain-text.ts';
import { parseTraceql } from './traceql-parser.ts';
import { printTraceql } from './traceql-printer.ts';

const EXCLUDED = '~!';

export function writeChainFilter({ path, exclude, steps }: ChainFilter): string {
  const texts = path.map((service, at) => {
    const condition = steps[at] ?? null;
    const about = condition === null ? '' : `~?${escapePart(printTraceql(condition))}`;
    return `${writeStep(service)}${about}`;
  });
  return `${exclude ? EXCLUDED : ''}${texts.join(',')}`;
}

/** null: not a chain filter. */
export function readChainFilter(text: string): ChainFilter | null {
  const exclude = text.startsWith(EXCLUDED);
  const parts = (exclude ? text.slice(EXCLUDED.length) : text).split(',').map(splitStep);
  const path = parts.map(({ service }) => readStep(service));
  const steps = parts.map(({ condition }) => readStepCondition(condition));
  if (!path.every((service) => service !== null) || !steps.every((step) => step !== undefined)) return null;
  const used = steps.findLastIndex((step) => step !== null) + 1;
  return { path, exclude, steps: steps.slice(0, used) };
}

/** `orders~?{ … }` → both parts; null: without a condition. */
function splitStep(step: string): { readonly service: string; readonly condition: string | null } {
  const mark = /^(?:[^~]|~[^?])*/.exec(step)?.[0].length ?? 0;
  if (!step.startsWith('~?', mark)) return { service: step, condition: null };
  return { service: step.slice(0, mark), condition: step.slice(mark + 2) };
}

/** undefined: cannot be read; null: none. */
function readStepCondition(escaped: string | null): Condition | null | undefined {
  if (escaped === null) return null;
  const text = unescapePart(escaped);
  return text === null ? undefined : (readCondition(text) ?? undefined);
}

export function writeCondition(condition: Condition): readonly string[] {
  return [printTraceql(condition)];
}

/** null: cannot be read, or says nothing. */
export function readCondition(text: string): Condition | null {
  const result = parseTraceql(text);
  return result.ok ? result.condition : null;
}

export function writeZones(zones: readonly ZoneFilter[]): readonly string[] {
  return zones.flatMap(({ key, values }) =>
    values.map((value) => `${key.replaceAll('~', '~~').replaceAll(':', '~-')}:${value}`),
  );
}

/** Keys in their newest spelling, whatever the link's; null: not zones. */
export function readZones(texts: readonly string[]): readonly ZoneFilter[] | null {
  const zones = new Map<string, string[]>();
  for (const text of texts) {
    const colon = text.indexOf(':');
    if (colon < 1) return null;
    const key = text.slice(0, colon).replace(/~[~-]/g, (escape) => (escape === '~-' ? ':' : '~'));
    const [newest] = resourceSpellings(key);
    zones.set(newest, [...(zones.get(newest) ?? []), text.slice(colon + 1)]);
  }
  return Array.from(zones, ([key, values]) => ({ key, values }));
}
