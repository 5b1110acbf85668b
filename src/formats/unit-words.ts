/** Which units of time a table was read with, and why, for people: a wrong guess is a factor of a thousand. */
import { plainText } from './span-draft.ts';
import { unitOf, type ColumnMapping, type TimeUnit } from './column-mapping.ts';
import { guessDurationUnit } from './duration-unit.ts';
import type { TableShape } from './table-mapping.ts';

const NAMES: Readonly<Record<TimeUnit, string>> = {
  ns: 'nanoseconds',
  us: 'microseconds',
  ms: 'milliseconds',
  s: 'seconds',
};
const NUMBER = /^[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;

/** `mapping` is the one that the rows are read by; `byHand`: people told it. */
export function describeUnits(shape: TableShape, mapping: ColumnMapping, byHand: boolean): string[] {
  return [...describeDurations(shape, mapping, byHand), ...describeStarts(shape, mapping)];
}

function describeDurations(shape: TableShape, mapping: ColumnMapping, byHand: boolean): string[] {
  const { duration, end } = mapping.columns;
  // With an end, the length is what lies between.
  if (duration === undefined || end !== undefined || !isNumber(firstOf(shape, duration))) return [];
  const { unit, reason } = mapping.durationUnit
    ? { unit: mapping.durationUnit, reason: null }
    : guessDurationUnit(mapping, shape.columns, shape.rows);
  const why = {
    nesting: 'because the calls of the first rows then lie within their callers, as they should',
    starts: 'because the start times beside them are in this unit',
    length: 'because the calls would take hours in a larger unit',
    dates: 'because the file names no unit and this is the usual one',
  };
  const because = reason !== null ? why[reason] : saysName(mapping, byHand);
  return [`The durations (column “${duration}”) are read as ${NAMES[unit]}, ${because}.`];
}

function saysName({ columns, durationUnit }: ColumnMapping, byHand: boolean): string {
  const isNamed = unitOf(columns.duration ?? '') === durationUnit;
  if (isNamed) return 'because the name of the column says so';
  return byHand ? 'as you said' : 'because the tool whose columns these are writes them so';
}

function describeStarts(shape: TableShape, mapping: ColumnMapping): string[] {
  const { start } = mapping.columns;
  const first = start === undefined ? '' : firstOf(shape, start);
  if (start === undefined || !isNumber(first)) return [];
  const size = Number(first);
  // As parseInstant reads a number without a unit.
  const likely = size < 1e11 ? 's' : size < 1e14 ? 'ms' : size < 1e17 ? 'us' : 'ns';
  const unit = mapping.startUnit ?? likely;
  const why = mapping.startUnit ? 'as you said' : 'because their numbers then lie between 2001 and 2100';
  return [`The start times (column “${start}”) are read as ${NAMES[unit]} since 1970, ${why}.`];
}

function firstOf({ columns, rows }: TableShape, column: string): string {
  const at = columns.indexOf(column);
  return plainText(rows.find((row) => (row[at] ?? '') !== '')?.[at]).trim();
}

function isNumber(text: string): boolean {
  return NUMBER.test(text);
}
