/** Conditions as TraceQL text, in braces and on one line. What it writes, traceql-parser.ts reads as the same. */
import type { Condition, ConditionField, ConditionValue } from '../model/conditions.ts';
import { writeQuoted } from './traceql-text.ts';
import { DURATION_UNITS } from './traceql-words.ts';

export function printTraceql(condition: Condition): string {
  return `{ ${printCondition(condition)} }`;
}

/** Without the braces. */
export function printCondition(condition: Condition): string {
  if (condition.kind === 'not') return `!(${printCondition(condition.condition)})`;
  if (condition.kind !== 'compare')
    return condition.conditions.map(printPart).join(condition.kind === 'and' ? ' && ' : ' || ');
  return `${printField(condition.field)} ${condition.comparison} ${printValue(condition.value)}`;
}

function printPart(condition: Condition): string {
  const text = printCondition(condition);
  return condition.kind === 'and' || condition.kind === 'or' ? `(${text})` : text;
}

const BARE_KEY = /^[\p{L}_][\p{L}\p{N}_./-]*$/u;

export function printField(field: ConditionField): string {
  if (field.kind === 'intrinsic') return field.name;
  const scope = field.scope === 'any' ? '' : field.scope;
  return `${scope}.${BARE_KEY.test(field.key) ? field.key : writeQuoted(field.key)}`;
}

export function printValue(value: ConditionValue): string {
  switch (value.kind) {
    case 'text':
      return writeQuoted(value.text);
    case 'number':
      return String(value.number);
    case 'boolean':
      return String(value.boolean);
    case 'duration':
      return printDuration(value.ns);
    case 'keyword':
      return value.keyword;
    case 'nil':
      return 'nil';
  }
}

/** In the largest unit that says it exactly; of days and hours only whole ones. */
export function printDuration(ns: number): string {
  for (const unit of ['h', 'm']) {
    const factor = DURATION_UNITS.get(unit) ?? 1;
    if (ns >= factor && ns % factor === 0) return `${ns / factor}${unit}`;
  }
  for (const unit of ['s', 'ms', 'us']) {
    const factor = DURATION_UNITS.get(unit) ?? 1;
    if (ns >= factor && Math.round(Number(String(ns / factor)) * factor) === ns)
      return `${ns / factor}${unit}`;
  }
  return `${ns}ns`;
}
