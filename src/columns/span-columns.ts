import { narrowed } from '../util/narrow-numbers.ts';
import { FLAG_KIND_MASK, FLAG_REVERSED, FLAG_STATUS_SHIFT } from './segment.ts';

const TWO_32 = 4_294_967_296;

/** A span while it is being built: one number a field, so that nothing is allocated per span. */
export interface SpanFields {
  resource: number;
  scope: number;
  traceA: number;
  traceB: number;
  traceC: number;
  traceD: number;
  idHi: number;
  idLo: number;
  parentHi: number;
  parentLo: number;
  startHi: number;
  startLo: number;
  endHi: number;
  endLo: number;
  /** ns; NaN: not given. */
  duration: number;
  name: number;
  statusMessage: number;
  kind: number;
  status: number;
  /** FLAG_SHARED and FLAG_PARTIAL. */
  marks: number;
}

export function blankFields(): SpanFields {
  return {
    resource: 0,
    scope: 0,
    traceA: 0,
    traceB: 0,
    traceC: 0,
    traceD: 0,
    idHi: 0,
    idLo: 0,
    parentHi: 0,
    parentLo: 0,
    startHi: 0,
    startLo: 0,
    endHi: 0,
    endLo: 0,
    duration: NaN,
    name: 0,
    statusMessage: 0,
    kind: 0,
    status: 0,
    marks: 0,
  };
}

/** The columns with a fixed number of values a span. Room is checked once a span, not once a value. */
export class SpanColumns {
  count = 0;
  /** By span: the place of its trace id. */
  #traces = new Uint32Array();
  #traceCount = 0;
  #traceIds = new Uint32Array();
  #spanIds = new Uint32Array();
  #parentIds = new Uint32Array();
  #starts = new Uint32Array();
  #durations = new Float64Array();
  #flags = new Uint8Array();
  #names = new Uint32Array();
  #statusMessages = new Uint32Array();
  #slots = new Uint32Array();
  #scopes = new Uint32Array();

  push(span: SpanFields): void {
    const at = this.count;
    if (at === this.#flags.length) this.#grow();
    const two = at * 2;
    this.#traces[at] = this.#placeOfTrace(span);
    this.#spanIds[two] = span.idHi;
    this.#spanIds[two + 1] = span.idLo;
    this.#parentIds[two] = span.parentHi;
    this.#parentIds[two + 1] = span.parentLo;
    this.#starts[two] = span.startHi;
    this.#starts[two + 1] = span.startLo;
    const duration = durationOf(span);
    const reversed = duration < 0 ? FLAG_REVERSED : 0;
    this.#durations[at] = reversed ? 0 : duration;
    this.#flags[at] =
      (span.kind & FLAG_KIND_MASK) | (span.status << FLAG_STATUS_SHIFT) | span.marks | reversed;
    this.#names[at] = span.name;
    this.#statusMessages[at] = span.statusMessage;
    this.#slots[at] = span.resource;
    this.#scopes[at] = span.scope;
    this.count = at + 1;
  }

  clear(): void {
    this.count = this.#traceCount = 0;
  }

  /** The columns in arrays of their own, of exact size; once. `rowOfSlot[slot − firstSlot]`: the row of a resource. */
  seal(rowOfSlot: Uint32Array, firstSlot: number) {
    const count = this.count;
    const slots = this.#slots;
    for (let i = 0; i < count; i++) slots[i] = rowOfSlot[slots[i] - firstSlot];
    return {
      traces: narrowed(this.#traces.subarray(0, count)),
      traceIds: this.#traceIds.slice(0, this.#traceCount * 4),
      spanIds: this.#spanIds.slice(0, count * 2),
      parentIds: this.#parentIds.slice(0, count * 2),
      starts: this.#starts.slice(0, count * 2),
      durations: this.#durations.slice(0, count),
      flags: this.#flags.slice(0, count),
      names: narrowed(this.#names.subarray(0, count)),
      statusMessages: narrowed(this.#statusMessages.subarray(0, count)),
      spanResources: narrowed(slots.subarray(0, count)),
      spanScopes: narrowed(this.#scopes.subarray(0, count)),
    };
  }

  /** That of the span before, where it is the same. */
  #placeOfTrace({ traceA, traceB, traceC, traceD }: SpanFields): number {
    const ids = this.#traceIds;
    const last = (this.#traceCount - 1) * 4;
    if (
      last >= 0 &&
      ids[last + 3] === traceD &&
      ids[last + 2] === traceC &&
      ids[last + 1] === traceB &&
      ids[last] === traceA
    ) {
      return this.#traceCount - 1;
    }
    ids[last + 4] = traceA;
    ids[last + 5] = traceB;
    ids[last + 6] = traceC;
    ids[last + 7] = traceD;
    return this.#traceCount++;
  }

  #grow(): void {
    const room = Math.max(1024, this.#flags.length * 4);
    this.#traces = moved(this.#traces, new Uint32Array(room));
    this.#traceIds = moved(this.#traceIds, new Uint32Array(room * 4));
    this.#spanIds = moved(this.#spanIds, new Uint32Array(room * 2));
    this.#parentIds = moved(this.#parentIds, new Uint32Array(room * 2));
    this.#starts = moved(this.#starts, new Uint32Array(room * 2));
    this.#durations = moved(this.#durations, new Float64Array(room));
    this.#flags = moved(this.#flags, new Uint8Array(room));
    this.#names = moved(this.#names, new Uint32Array(room));
    this.#statusMessages = moved(this.#statusMessages, new Uint32Array(room));
    this.#slots = moved(this.#slots, new Uint32Array(room));
    this.#scopes = moved(this.#scopes, new Uint32Array(room));
  }
}

/** A duration given as such wins over an end; without a start an end means nothing (NaN). */
function durationOf(span: SpanFields): number {
  if (!Number.isNaN(span.duration)) return span.duration;
  if ((span.endHi | span.endLo) === 0 || (span.startHi | span.startLo) === 0) return NaN;
  return (span.endHi - span.startHi) * TWO_32 + (span.endLo - span.startLo);
}

function moved<A extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  from: A,
  to: A,
): A {
  to.set(from);
  return to;
}
