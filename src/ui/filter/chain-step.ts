/** The condition of a chain's step as a small form. */
import { parseTraceql } from '../../link/traceql-parser.ts';
import type { TraceqlProblem } from '../../link/traceql-parser.ts';
import { printCondition } from '../../link/traceql-printer.ts';
import type { Condition } from '../../model/conditions.ts';
import { joinParts, partsOf } from './describe-filter.ts';
import { compare, textIs } from './narrow.ts';

export interface StepForm {
  readonly outcome: 'any' | 'failed' | 'fine';
  /** null: any. */
  readonly endpoint: string | null;
  /** ms, as typed; '': any. */
  readonly over: string;
  /** TraceQL, for all else. */
  readonly more: string;
}

type Part = { readonly [Name in keyof StepForm]?: StepForm[Name] };

/** What the form has a field of its own for; null: it goes with the text. */
function readPart(part: Condition): Part | null {
  if (part.kind !== 'compare' || part.field.kind !== 'intrinsic') return null;
  const { field, comparison, value } = part;
  if (field.name === 'request:failed' && value.kind === 'boolean')
    return { outcome: value.boolean === (comparison === '=') ? 'failed' : 'fine' };
  if (field.name === 'request:endpoint' && comparison === '=' && value.kind === 'text')
    return { endpoint: value.text };
  if (field.name === 'span:duration' && comparison === '>' && value.kind === 'duration')
    return { over: String(value.ns / 1e6) };
  return null;
}

export function readStepForm(condition: Condition | null): StepForm {
  let form: StepForm = { outcome: 'any', endpoint: null, over: '', more: '' };
  const rest: Condition[] = [];
  for (const part of partsOf(condition)) {
    const read = readPart(part);
    // a field holds one condition; what says it twice goes with the text
    const taken = read === null || Object.keys(read).some((name) => isTaken(form, name as keyof StepForm));
    if (read === null || taken) rest.push(part);
    else form = { ...form, ...read };
  }
  const more = joinParts(rest);
  return { ...form, more: more === null ? '' : printCondition(more) };
}

function isTaken(form: StepForm, name: keyof StepForm): boolean {
  return form[name] !== { outcome: 'any', endpoint: null, over: '', more: '' }[name];
}

export type WrittenStep =
  | { readonly ok: true; readonly condition: Condition | null }
  | { readonly ok: false; readonly problem: TraceqlProblem };

export function writeStepForm({ outcome, endpoint, over, more }: StepForm): WrittenStep {
  const read = parseTraceql(more);
  if (!read.ok) return read;
  const ms = Number(over);
  const condition = joinParts([
    ...(outcome === 'any'
      ? []
      : [compare('request:failed', '=', { kind: 'boolean', boolean: outcome === 'failed' })]),
    ...(endpoint === null ? [] : [textIs('request:endpoint', endpoint)]),
    ...(over.trim() === '' || !(ms >= 0)
      ? []
      : [compare('span:duration', '>', { kind: 'duration', ns: Math.round(ms * 1e6) })]),
    ...partsOf(read.condition),
  ]);
  return { ok: true, condition };
}
