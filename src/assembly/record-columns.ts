import { growableF64, growableU32, growableU8 } from '../columns/growable.ts';
import type { Range } from '../columns/growable.ts';
import { mapNumbers } from '../util/narrow-numbers.ts';
import { firstNotBelow } from '../util/sorted.ts';
import type { SegmentFacts } from './fact-columns.ts';
import { TraceIndex } from './trace-index.ts';

const NOT_YET = -1;
/** Words a link. */
const LINK_WORDS = 6;

/** The facts of segments one after the other: a row is a record. What `SpanTable` makes its columns of. */
export class RecordColumns {
  count = 0;
  traceIndex = new TraceIndex();
  /** By `traceIndex`. */
  readonly trace = growableU32();
  readonly spanIds = growableU32();
  /** 0/0 also where the span names itself: it has no parent (SEMANTICS §1). */
  readonly parentIds = growableU32();
  readonly starts = growableU32();
  readonly durations = growableF64();
  readonly flags = growableU8();
  readonly names = growableU32();
  readonly statusMessages = growableU32();
  readonly resources = growableU32();
  readonly factSets = growableU32();
  readonly events = growableU8();
  readonly linkSpans = growableU32();
  readonly linkIds = growableU32();
  readonly exceptionRows = growableU32();
  readonly exceptionTexts = growableU32();
  readonly exceptionEscaped = growableU8();

  /** `expected`: how many records there will be about; 0: not known. */
  append(facts: SegmentFacts, expected = 0): void {
    const { exceptions } = facts;
    this.trace.append(numberTraces(facts, this.traceIndex), expected);
    const first = this.spanIds.append(facts.spanIds, expected * 2);
    this.parentIds.append(facts.parentIds, expected * 2);
    dropSelfParents(this.parentIds.view(), this.spanIds.view(), first);
    this.starts.append(facts.starts, expected * 2);
    this.durations.append(facts.durations, expected);
    this.flags.append(facts.flags, expected);
    this.names.append(facts.names, expected);
    this.statusMessages.append(facts.statusMessages, expected);
    this.resources.append(facts.resources, expected);
    this.factSets.append(facts.factSets, expected);
    this.events.append(facts.events, expected);
    this.linkSpans.append(mapNumbers(facts.linkSpans, (row) => row + this.count));
    this.linkIds.append(facts.linkIds);
    this.exceptionRows.append(exceptions.rows.map((row) => row + this.count));
    this.exceptionTexts.append(exceptions.texts);
    this.exceptionEscaped.append(exceptions.escaped);
    this.count += facts.spanCount;
  }

  /** Puts runs of rows, which are all of them, into another order: a column at a time, as all may take much memory. */
  rearrange(runs: readonly Range[]): void {
    const links = shifted(this.linkSpans.view(), runs);
    this.linkSpans.rearrange(links);
    this.linkIds.rearrange(widened(links, LINK_WORDS));
    const exceptions = shifted(this.exceptionRows.view(), runs);
    for (const column of [this.exceptionRows, this.exceptionTexts, this.exceptionEscaped]) {
      column.rearrange(exceptions);
    }
    for (const column of [this.spanIds, this.parentIds, this.starts]) column.rearrange(widened(runs, 2));
    for (const column of [
      this.trace,
      this.durations,
      this.flags,
      this.names,
      this.statusMessages,
      this.resources,
      this.factSets,
      this.events,
    ]) {
      column.rearrange(runs);
    }
    this.#renumberTraces();
  }

  /** In the order in which they are met now. */
  #renumberTraces(): void {
    const before = this.traceIndex;
    const numbers = new Int32Array(before.count).fill(NOT_YET);
    const traces = this.trace.view();
    this.traceIndex = new TraceIndex();
    for (let row = 0; row < traces.length; row++) {
      const known = traces[row];
      if (numbers[known] === NOT_YET) {
        const [a, b, c, d] = before.idOf(known);
        numbers[known] = this.traceIndex.number(a, b, c, d);
      }
      traces[row] = numbers[known];
    }
  }
}

/**
 * `rows`, ascending, are those that entries of a list are about. Changes them to what they will be when the rows are put
 * into the order of the runs; gives the ranges of the list in that order.
 */
function shifted(rows: Uint32Array, runs: readonly Range[]): Range[] {
  const ranges = runs.map(({ from, to }) => ({
    from: firstNotBelow(rows, from),
    to: firstNotBelow(rows, to),
  }));
  let placed = 0;
  runs.forEach(({ from, to }, run) => {
    for (let at = ranges[run].from; at < ranges[run].to; at++) rows[at] += placed - from;
    placed += to - from;
  });
  return ranges;
}

function widened(ranges: readonly Range[], width: number): Range[] {
  return ranges.map(({ from, to }) => ({ from: from * width, to: to * width }));
}

export function recordColumns(parts: readonly SegmentFacts[]): RecordColumns {
  const records = new RecordColumns();
  const count = parts.reduce((sum, { spanCount }) => sum + spanCount, 0);
  for (const part of parts) records.append(part, count);
  return records;
}

function numberTraces({ traces, traceIds }: SegmentFacts, index: TraceIndex): Uint32Array<ArrayBuffer> {
  const numbers = new Uint32Array(traceIds.length / 4);
  for (let i = 0, at = 0; i < numbers.length; i++, at += 4) {
    numbers[i] = index.number(traceIds[at], traceIds[at + 1], traceIds[at + 2], traceIds[at + 3]);
  }
  return mapNumbers(traces, (place) => numbers[place]);
}

function dropSelfParents(parentIds: Uint32Array, spanIds: Uint32Array, first: number): void {
  for (let i = first; i < spanIds.length; i += 2) {
    if (parentIds[i] === spanIds[i] && parentIds[i + 1] === spanIds[i + 1]) {
      parentIds[i] = 0;
      parentIds[i + 1] = 0;
    }
  }
}
