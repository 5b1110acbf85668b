import type { RequestTable } from '../assembly/request-table.ts';
import type { Condition, ConditionField } from '../model/conditions.ts';
import { numberTest, textTest } from './comparison.ts';
import type { TextTest } from './comparison.ts';
import type { FieldColumn } from './field-column.ts';

/** A test on rows of the request table. */
export type RowTest = (row: number) => boolean;

/** null: the duration, which the table holds. */
export type ReadField = (field: ConditionField) => FieldColumn | null;

/** Compiles a condition (docs/figures.md, Conditions). Conditions may be nested as deep as their text allows. */
export function compileCondition(table: RequestTable, condition: Condition, read: ReadField): RowTest {
  switch (condition.kind) {
    case 'and': {
      const tests = condition.conditions.map((part) => compileCondition(table, part, read));
      return (row) => tests.every((test) => test(row));
    }
    case 'or': {
      const tests = condition.conditions.map((part) => compileCondition(table, part, read));
      return (row) => tests.some((test) => test(row));
    }
    case 'not': {
      const test = compileCondition(table, condition.condition, read);
      return (row) => !test(row);
    }
    case 'compare': {
      const { field, comparison, value } = condition;
      const column = read(field);
      if (column) return columnTest(column, textTest(comparison, asWritten(field, value)));
      const test = numberTest(comparison, value);
      return (row) => test(table.durations[row]);
    }
  }
}

/** Asks the test once for each text. */
export function columnTest({ code, size, text }: FieldColumn, test: TextTest): RowTest {
  const answers = new Int8Array(size);
  return (row) => {
    const at = code(row);
    if (answers[at] === 0) answers[at] = test(text(at)) ? 1 : -1;
    return answers[at] > 0;
  };
}

type Compared = Extract<Condition, { kind: 'compare' }>;

/** Ids are written in any case, and a trace id of 64 bits without its zeros. */
function asWritten(field: ConditionField, value: Compared['value']): Compared['value'] {
  if (field.kind !== 'intrinsic' || value.kind !== 'text') return value;
  if (field.name === 'trace:id' && /^[0-9a-f]{1,32}$/i.test(value.text))
    return { kind: 'text', text: value.text.toLowerCase().padStart(32, '0') };
  return field.name === 'span:id' ? { kind: 'text', text: value.text.toLowerCase() } : value;
}

/** The fields that a condition compares, in its order. */
export function fieldsOf(condition: Condition): readonly ConditionField[] {
  if (condition.kind === 'compare') return [condition.field];
  const parts = condition.kind === 'not' ? [condition.condition] : condition.conditions;
  return parts.flatMap(fieldsOf);
}
