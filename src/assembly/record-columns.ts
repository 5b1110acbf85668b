import type { SegmentFacts } from './fact-columns.ts';
import { TraceIndex } from './trace-index.ts';

type Column = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A typed array that other ones are appended to. */
class Appended<A extends Column> {
  #values: A;
  #length = 0;
  readonly #make: new (length: number) => A;

  constructor(make: new (length: number) => A) {
    this.#make = make;
    this.#values = new make(0);
  }

  /** Gives the place of the first of them. */
  append(values: A): number {
    const at = this.#length;
    this.#length += values.length;
    if (this.#length > this.#values.length) {
      const grown = new this.#make(Math.max(this.#length, 2 * this.#values.length));
      grown.set(this.#values.subarray(0, at));
      this.#values = grown;
    }
    this.#values.set(values, at);
    return at;
  }

  /** All of them so far; valid until the next are appended. */
  get values(): A {
    return this.#values.subarray(0, this.#length) as A;
  }
}

const ofU8 = () => new Appended<Uint8Array<ArrayBuffer>>(Uint8Array);
const ofU32 = () => new Appended<Uint32Array<ArrayBuffer>>(Uint32Array);

/** The facts of segments one after the other: a row is a record. What `SpanTable` makes its columns of. */
export class RecordColumns {
  count = 0;
  readonly traceIndex = new TraceIndex();
  /** By `traceIndex`. */
  readonly trace = ofU32();
  readonly spanIds = ofU32();
  /** 0/0 also where the span names itself: it has no parent (SEMANTICS §1). */
  readonly parentIds = ofU32();
  readonly starts = ofU32();
  readonly durations = new Appended<Float64Array<ArrayBuffer>>(Float64Array);
  readonly flags = ofU8();
  readonly names = ofU32();
  readonly statusMessages = ofU32();
  readonly resources = ofU32();
  readonly factSets = ofU32();
  readonly events = ofU8();
  readonly linkSpans = ofU32();
  readonly linkIds = ofU32();
  readonly exceptionRows = ofU32();
  readonly exceptionTypes = ofU32();
  readonly exceptionMessages = ofU32();
  readonly exceptionEscaped = ofU8();

  append(facts: SegmentFacts): void {
    const { exceptions } = facts;
    this.trace.append(numberTraces(facts, this.traceIndex));
    const first = this.spanIds.append(facts.spanIds);
    this.parentIds.append(facts.parentIds);
    dropSelfParents(this.parentIds.values, this.spanIds.values, first);
    this.starts.append(facts.starts);
    this.durations.append(facts.durations);
    this.flags.append(facts.flags);
    this.names.append(facts.names);
    this.statusMessages.append(facts.statusMessages);
    this.resources.append(facts.resources);
    this.factSets.append(facts.factSets);
    this.events.append(facts.events);
    this.linkSpans.append(facts.linkSpans.map((row) => row + this.count));
    this.linkIds.append(facts.linkIds);
    this.exceptionRows.append(exceptions.rows.map((row) => row + this.count));
    this.exceptionTypes.append(exceptions.types);
    this.exceptionMessages.append(exceptions.messages);
    this.exceptionEscaped.append(exceptions.escaped);
    this.count += facts.spanCount;
  }
}

export function recordColumns(parts: Iterable<SegmentFacts>): RecordColumns {
  const records = new RecordColumns();
  for (const part of parts) records.append(part);
  return records;
}

function numberTraces({ traceIds, spanCount }: SegmentFacts, index: TraceIndex): Uint32Array<ArrayBuffer> {
  const trace = new Uint32Array(spanCount);
  for (let row = 0; row < spanCount; row++) {
    const at = row * 4;
    trace[row] = index.number(traceIds[at], traceIds[at + 1], traceIds[at + 2], traceIds[at + 3]);
  }
  return trace;
}

function dropSelfParents(parentIds: Uint32Array, spanIds: Uint32Array, first: number): void {
  for (let i = first; i < spanIds.length; i += 2) {
    if (parentIds[i] === spanIds[i] && parentIds[i + 1] === spanIds[i + 1]) {
      parentIds[i] = 0;
      parentIds[i + 1] = 0;
    }
  }
}
