/** What requests are split by: a number for each request, and the value that it stands for. */
import { END_CODES, NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { Split, SplitFact, SplitValue } from '../model/answers-top.ts';
import type { ConditionField } from '../model/conditions.ts';
import type { FieldColumn } from './field-column.ts';
import { columnNamesOf, readField } from './field-readers.ts';
import { endFinder } from './places.ts';
import { loadColumns } from './scanned-columns.ts';
import type { SpanData } from './span-forest.ts';

export interface SplitReader {
  /** Equal numbers are equal values; below 2^53 ÷ all rows. */
  readonly numberOf: (row: number) => number;
  readonly valueOf: (number: number) => SplitValue;
}

/** Reads spans where the split is by what only they bear. */
export async function splitReader(data: SpanData, split: Split): Promise<SplitReader> {
  if (split.kind === 'attribute') return columnReader(await spanColumn(data, split));
  if (split.name === 'method')
    return columnReader(await spanColumn(data, { kind: 'intrinsic', name: 'request:method' }));
  return factReader(data.table, split.name);
}

async function spanColumn(data: SpanData, field: ConditionField): Promise<FieldColumn> {
  const columns = await loadColumns(data, columnNamesOf(field));
  const column = readField(data.table, field, columns);
  if (!column) throw new Error('what spans bear has a column');
  return column;
}

/** Of codes with the same text, as two spellings of a key have them, the first stands for all. */
function columnReader({ code, size, text }: FieldColumn): SplitReader {
  const numbers = new Int32Array(size).fill(-1);
  const firsts = new Map<string | null, number>();
  const numberOf = (of: number): number => {
    const value = text(of);
    const first = firsts.get(value) ?? of;
    firsts.set(value, first);
    return first;
  };
  return {
    numberOf: (row) => {
      const of = code(row);
      if (numbers[of] < 0) numbers[of] = numberOf(of);
      return numbers[of];
    },
    valueOf: (number) => ({ value: text(number), service: null }),
  };
}

function factReader(table: RequestTable, name: Exclude<SplitFact, 'method'>): SplitReader {
  const { texts, services, service, caller, ends, endpoint } = table;
  const ofService = (column: Uint32Array): SplitReader => ({
    numberOf: (row) => service[row] * texts.length + column[row],
    valueOf: (number) => ({
      value: texts[number % texts.length],
      service: services[Math.floor(number / texts.length)],
    }),
  });
  const serviceValue = (number: number): SplitValue => ({
    value: services[number].name,
    service: services[number],
  });
  const ended = (number: number): SplitValue => ({ value: END_CODES[-number - 1], service: null });
  switch (name) {
    case 'service':
      return { numberOf: (row) => service[row], valueOf: serviceValue };
    case 'endpoint':
      return ofService(endpoint);
    case 'instance':
      return ofService(table.instance);
    case 'status':
      return {
        numberOf: (row) => table.httpStatus[row],
        valueOf: (number) => ({ value: number === 0 ? null : String(number), service: null }),
      };
    case 'reason':
      return {
        numberOf: (row) => (table.failed[row] ? 1 + table.reason[row] : 0),
        valueOf: (number) => ({ value: number === 0 ? null : texts[number - 1], service: null }),
      };
    case 'caller':
      return {
        numberOf: (row) => (caller[row] === NO_CALLER ? -ends[row] : service[caller[row]]),
        valueOf: (number) => (number < 0 ? ended(number) : serviceValue(number)),
      };
    case 'userAction': {
      const endOf = endFinder(table);
      const actions = ofService(endpoint);
      return {
        numberOf: (row) => {
          const end = endOf(row);
          return END_CODES[ends[end] - 1] === 'userAction' ? actions.numberOf(end) : -ends[end];
        },
        valueOf: (number) => (number < 0 ? ended(number) : actions.valueOf(number)),
      };
    }
  }
}
