import {
  FLAG_KIND_MASK,
  FLAG_PARTIAL,
  FLAG_REVERSED,
  FLAG_SHARED,
  FLAG_STATUS_MASK,
  FLAG_STATUS_SHIFT,
} from '../columns/segment.ts';
import type { AttributeField } from '../model/attribute-keys.ts';
import { KIND_CLIENT, KIND_PRODUCER, KIND_UNSET } from '../model/span.ts';
import type { FactSets } from './fact-sets.ts';
import { PREFIX_MARKS } from './key-codes.ts';
import type { DatasetTexts } from './dataset-texts.ts';
import type { ResourceTable } from './resource-table.ts';
import type { RecordColumns } from './record-columns.ts';
import type { TraceIndex } from './trace-index.ts';

/** No row. */
export const NONE = -1;

/**
 * All span records of a dataset in canonical order: files as given, positions in the file
 * (SEMANTICS §1). A row is a record; rows that later records completed are `primary`.
 */
export class SpanTable {
  readonly count: number;
  readonly texts: DatasetTexts;
  readonly resourceTable: ResourceTable;
  readonly traceIndex: TraceIndex;
  /** Trace numbers with short ids joined to full ones. */
  readonly traceNumber: Uint32Array;

  readonly trace: Uint32Array;
  /** 2 words a row. */
  readonly spanIds: Uint32Array;
  /** 2 words a row; 0/0: names no parent. */
  readonly parentIds: Uint32Array;
  /** 2 words a row; 0/0: no time. */
  readonly starts: Uint32Array;
  /** ns; NaN: no end. */
  readonly durations: Float64Array;
  readonly kinds: Uint8Array;
  readonly statuses: Uint8Array;
  /** 1: Zipkin's shared mark. */
  readonly shared: Uint8Array;
  /** 1: the record only adds to a span that other records tell. */
  readonly partial: Uint8Array;
  /** 1: the end is before the start. */
  readonly reversed: Uint8Array;
  readonly names: Uint32Array;
  readonly statusMessages: Uint32Array;
  /** Of partial records only once they have joined their span. */
  readonly resources: Uint32Array;
  readonly linkSpans: Uint32Array;
  /** 6 words a link. */
  readonly linkIds: Uint32Array;
  readonly exceptionRows: Uint32Array;
  readonly exceptionTexts: Uint32Array;
  readonly exceptionEscaped: Uint8Array;

  /** Number in `sets`: the attributes that the analysis reads; of a primary row those of all its records. */
  readonly factSets: Uint32Array;
  readonly sets: FactSets;
  readonly #events: Uint8Array;

  /** Next record of the same span; NONE at the last. Filled by joinDuplicates. */
  readonly nextRecord: Int32Array;
  /** 0: a duplicate, whose fields went to its primary, or an orphan. Filled by joinDuplicates. */
  readonly primary: Uint8Array;

  /** Takes the columns as they are: nothing may be appended to `records` afterwards. */
  constructor(records: RecordColumns, texts: DatasetTexts, resourceTable: ResourceTable) {
    const { count } = records;
    this.count = count;
    this.texts = texts;
    this.resourceTable = resourceTable;
    this.traceIndex = records.traceIndex;
    this.trace = records.trace.view();
    this.traceNumber = this.traceIndex.joinShortIds();
    for (let row = 0; row < count; row++) this.trace[row] = this.traceNumber[this.trace[row]];

    this.spanIds = records.spanIds.view();
    this.parentIds = records.parentIds.view();
    this.starts = records.starts.view();
    this.durations = records.durations.view();
    this.names = records.names.view();
    this.statusMessages = records.statusMessages.view();
    this.resources = records.resources.view();
    this.linkIds = records.linkIds.view();
    this.linkSpans = records.linkSpans.view();
    this.exceptionRows = records.exceptionRows.view();
    this.exceptionTexts = records.exceptionTexts.view();
    this.exceptionEscaped = records.exceptionEscaped.view();
    this.factSets = records.factSets.view();
    this.sets = resourceTable.sets;
    this.#events = records.events.view();
    const flags = records.flags.view();
    this.kinds = flags.map((flag) => flag & FLAG_KIND_MASK);
    this.statuses = flags.map((flag) => (flag >> FLAG_STATUS_SHIFT) & FLAG_STATUS_MASK);
    this.shared = marksOf(flags, FLAG_SHARED);
    this.partial = marksOf(flags, FLAG_PARTIAL);
    this.reversed = marksOf(flags, FLAG_REVERSED);
    this.nextRecord = new Int32Array(count).fill(NONE);
    this.primary = new Uint8Array(count).fill(1);
  }

  service(row: number): number {
    return this.resourceTable.service(this.resources[row]);
  }

  /** CLIENT or PRODUCER: the calling side of a shared id (SEMANTICS §1). */
  isClientLike(row: number): boolean {
    return this.kinds[row] === KIND_CLIENT || this.kinds[row] === KIND_PRODUCER;
  }

  hasNoKind(row: number): boolean {
    return this.kinds[row] === KIND_UNSET;
  }

  /** Once duplicates are joined: what later records add to a span becomes its own. */
  joinFacts(): void {
    for (let row = 0; row < this.count; row++) {
      if (!this.primary[row] || this.nextRecord[row] === NONE) continue;
      const sets: number[] = [];
      for (let record = row; record !== NONE; record = this.nextRecord[record])
        sets.push(this.factSets[record]);
      this.factSets[row] = this.sets.union(sets);
    }
  }

  /** Dataset text number of the first non-empty key of the field; 0: none. */
  value(row: number, field: AttributeField): number {
    return this.sets.value(this.factSets[row], field);
  }

  text(row: number, field: AttributeField): string {
    return this.texts.text(this.value(row, field));
  }

  /** Does a key of the span begin with the prefix? */
  hasPrefix(row: number, prefix: keyof typeof PREFIX_MARKS): boolean {
    return (this.sets.marks(this.factSets[row]) & PREFIX_MARKS[prefix]) !== 0;
  }

  /** Has this one record of a span events? */
  hasEvents(record: number): boolean {
    return this.#events[record] === 1;
  }

  /** As `value`, from the resources of all records of the span. */
  resourceValue(row: number, field: AttributeField): number {
    for (let record = row; record !== NONE; record = this.nextRecord[record]) {
      const value = this.resourceTable.value(this.resources[record], field);
      if (value !== 0) return value;
    }
    return 0;
  }
}

/** 1 where the flag is set. Few are: what is not written to takes no memory. */
function marksOf(flags: Uint8Array, flag: number): Uint8Array {
  const marks = new Uint8Array(flags.length);
  for (let row = 0; row < flags.length; row++) if (flags[row] & flag) marks[row] = 1;
  return marks;
}
