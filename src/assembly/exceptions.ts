import { EXCEPTION_EVENT } from '../model/attribute-keys.ts';
import { exceptionNumbers } from './exception-texts.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';
import type { SpanTree } from './span-tree.ts';

/** The exceptions of spans, duplicates' events counted with the span that lacks its own. */
export interface SpanExceptions {
  /** 1 for primary rows that an exception escaped from (SEMANTICS §7, rule 5). */
  readonly escaped: Uint8Array;
  /** By row: dataset text number of the exception that stands for the span, escaped or not; 0: it carries none. */
  readonly numbers: Uint32Array;
  /**
   * For each request that an exception was recorded in, the deepest span that carries one;
   * of equally deep ones the first in canonical order.
   */
  deepest(requestOf: Int32Array, openings: Uint32Array, tree: SpanTree): Map<number, number>;
}

export function findExceptions(table: SpanTable): SpanExceptions {
  const { escaped, numbers } = readExceptions(table);
  return {
    escaped,
    numbers,
    deepest: (requestOf, openings, tree) => {
      const found = new Map<number, { row: number; depth: number }>();
      for (let row = 0; row < table.count; row++) {
        if (numbers[row] === 0 || !table.primary[row]) continue;
        const request = requestOf[row];
        const depth = depthInRequest(row, openings[request], tree);
        const best = found.get(request);
        if (!best || depth > best.depth) found.set(request, { row, depth });
      }
      return new Map([...found].map(([request, { row }]) => [request, row]));
    },
  };
}

function readExceptions(table: SpanTable): Pick<SpanExceptions, 'escaped' | 'numbers'> {
  /** First exception of the spans that have any. */
  const firstOf = new Map<number, number>();
  const escaped = new Uint8Array(table.count);
  const bearer = eventBearers(table);
  // Those of the span's own records before those of partial ones.
  for (const partial of [0, 1]) {
    table.exceptionRows.forEach((record, exception) => {
      const row = table.partial[record] === partial ? bearer(record) : NONE;
      if (row === NONE) return;
      if (!firstOf.has(row)) firstOf.set(row, exception);
      escaped[row] |= table.exceptionEscaped[exception];
    });
  }
  const unnamed = table.texts.numberOf(EXCEPTION_EVENT);
  const numberOf = exceptionNumbers(table.texts);
  const numbers = new Uint32Array(table.count);
  firstOf.forEach((exception, row) => {
    numbers[row] = table.exceptionTexts[exception] || unnamed;
  });
  for (let row = 0; row < table.count; row++) {
    if (numbers[row] !== 0 || !table.hasPrefix(row, 'exception')) continue;
    numbers[row] = numberOf(table.value(row, 'exceptionType'), table.value(row, 'exceptionMessage'));
  }
  return { escaped, numbers };
}

function depthInRequest(row: number, opening: number, tree: SpanTree): number {
  let depth = 0;
  for (let at = row; at !== opening; at = tree.parent[at]) depth++;
  return depth;
}

/** The primary row whose events a record's are: of several records those of the first that has any, and of partial ones. */
function eventBearers(table: SpanTable): (record: number) => number {
  const { nextRecord, primary, count } = table;
  const bearers = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    if (!primary[row] || nextRecord[row] === NONE) continue;
    let record = row;
    while (record !== NONE && !table.hasEvents(record)) record = nextRecord[record];
    if (record !== NONE) bearers.set(record, row);
    for (; record !== NONE; record = nextRecord[record]) {
      if (table.partial[record]) bearers.set(record, row);
    }
  }
  return (record) => bearers.get(record) ?? (primary[record] && nextRecord[record] === NONE ? record : NONE);
}
