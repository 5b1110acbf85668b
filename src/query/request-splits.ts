/** What requests are split by: two numbers for each request, and the value that they stand for. */
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
  /** Equal pairs of whole numbers are equal values; the first mostly says what the value is of. */
  readonly first: (row: number) => number;
  readonly second: (row: number) => number;
  readonly valueOf: (first: number, second: number) => SplitValue;
}

const NOTHING = () => 0;

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
    first: NOTHING,
    second: (row) => {
      const of = code(row);
      if (numbers[of] < 0) numbers[of] = numberOf(of);
      return numbers[of];
    },
    valueOf: (_, number) => ({ value: text(number), service: null }),
  };
}

function factReader(table: RequestTable, name: Exclude<SplitFact, 'method'>): SplitReader {
  const { texts, services, service, caller, ends, endpoint } = table;
  const serviceOf = (row: number) => service[row];
  const ofService = (column: Uint32Array): SplitReader => ({
    first: serviceOf,
    second: (row) => column[row],
    valueOf: (number, text) => ({ value: texts[text], service: services[number] }),
  });
  const serviceValue = (number: number): SplitValue => ({
    value: services[number].name,
    service: services[number],
  });
  const ended = (end: number): SplitValue => ({ value: END_CODES[end - 1], service: null });
  switch (name) {
    case 'service':
      return { first: serviceOf, second: NOTHING, valueOf: serviceValue };
    case 'endpoint':
      return ofService(endpoint);
    case 'instance':
      return ofService(table.instance);
    case 'status':
      return {
        first: NOTHING,
        second: (row) => table.httpStatus[row],
        valueOf: (_, status) => ({ value: status === 0 ? null : String(status), service: null }),
      };
    case 'reason':
      return {
        first: NOTHING,
        second: (row) => (table.failed[row] ? 1 + table.reason[row] : 0),
        valueOf: (_, reason) => ({ value: reason === 0 ? null : texts[reason - 1], service: null }),
      };
    case 'caller':
      return {
        first: (row) => ends[row],
        second: (row) => (caller[row] === NO_CALLER ? 0 : service[caller[row]]),
        valueOf: (end, number) => (end > 0 ? ended(end) : serviceValue(number)),
      };
    case 'userAction': {
      const endOf = endFinder(table);
      const isAction = (end: number) => END_CODES[ends[end] - 1] === 'userAction';
      // What is no user action stands behind all services.
      return {
        first: (row) => {
          const end = endOf(row);
          return isAction(end) ? service[end] : services.length + ends[end];
        },
        second: (row) => {
          const end = endOf(row);
          return isAction(end) ? endpoint[end] : 0;
        },
        valueOf: (first, text) =>
          first < services.length
            ? { value: texts[text], service: services[first] }
            : ended(first - services.length),
      };
    }
  }
}
