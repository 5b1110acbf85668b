import type { ResourceSlot, TextId, ValueType } from '../model/sink.ts';
import { AttributeBuilder } from './attribute-builder.ts';
import type { AttributeColumns } from './segment.ts';
import type { TextPool } from './text-pool.ts';
import { decodeText } from './text-pool.ts';

/** Key, type, value; three numbers an attribute. */
type Attributes = readonly number[];

/** Not described to its end. */
const UNCLOSED = -1;
const NO_ROW = -1;

/**
 * Gathers resources by slot and gives equal ones one row. Slots count up from `#firstSlot`, the one that was carried over
 * from the segment before; all others of segments that are gone mean nothing any more. Writers describe a resource for
 * every few spans, so nothing is kept of a slot but which of the different resources it is.
 */
export class ResourceBuilder {
  #firstSlot = 0;
  /** By slot: index into #different, or UNCLOSED. */
  #slots: number[] = [];
  #different: Attributes[] = [];
  readonly #byHash = new Map<number, number[]>();
  /** By slot; null: it is closed. */
  #described: (number[] | null)[] = [];
  #unclosed = 0;
  /** Opened or repeated last. */
  #current: ResourceSlot = 0;

  /** Slots whose attributes are still awaited. */
  get unclosed(): number {
    return this.#unclosed;
  }

  open(): ResourceSlot {
    this.#unclosed++;
    this.#slots.push(UNCLOSED);
    this.#current = this.#firstSlot + this.#described.push([]) - 1;
    return this.#current;
  }

  /** More spans of a closed slot will come. */
  repeat(slot: ResourceSlot): void {
    this.#current = slot;
  }

  attribute(slot: ResourceSlot, key: TextId, type: ValueType, value: TextId): void {
    this.#at(slot).push(key, type, value);
  }

  reset(slot: ResourceSlot): void {
    this.#at(slot).length = 0;
  }

  close(slot: ResourceSlot): void {
    const i = slot - this.#firstSlot;
    if (this.#described[i] === null) return;
    this.#slots[i] = this.#indexOf(this.#at(slot));
    this.#described[i] = null;
    this.#unclosed--;
  }

  /** The distinct resources as rows, and the row of each slot (`slot − firstSlot`). */
  seal(): { columns: AttributeColumns; rowOfSlot: Uint32Array; firstSlot: number } {
    const builder = new AttributeBuilder();
    const rowOfSlot = new Uint32Array(this.#slots.length);
    for (let i = 0; i < rowOfSlot.length; i++) rowOfSlot[i] = this.#indexOfSlot(i);
    // By index into #different; those that no slot has get no row.
    const rows = new Int32Array(this.#different.length).fill(NO_ROW);
    let count = 0;
    for (let i = 0; i < rowOfSlot.length; i++) {
      const index = rowOfSlot[i];
      if (rows[index] === NO_ROW) {
        rows[index] = count++;
        const attributes = this.#different[index];
        for (let at = 0; at < attributes.length; at += 3) {
          builder.add(attributes[at], attributes[at + 1], attributes[at + 2]);
        }
        builder.endRow();
      }
      rowOfSlot[i] = rows[index];
    }
    return { columns: builder.seal(), rowOfSlot, firstSlot: this.#firstSlot };
  }

  /**
   * Starts the next segment. Only the slot opened or repeated last can still get spans; its texts move from
   * the old dictionary (read through `old`) to the emptied `pool`.
   */
  carryOver(old: ReturnType<TextPool['seal']>, pool: TextPool): void {
    if (this.#slots.length === 0) return;
    const last = this.#current - this.#firstSlot;
    const isClosed = this.#described[last] === null;
    const moved = (id: number): number => pool.internString(decodeText(old, id));
    const attributes = this.#different[this.#indexOfSlot(last)].map((part, i) =>
      i % 3 === 1 ? part : moved(part),
    );
    this.#firstSlot = this.#current;
    this.#different = [];
    this.#byHash.clear();
    this.#slots = [UNCLOSED];
    this.#described = [attributes];
    this.#unclosed = 1;
    if (isClosed) this.close(this.#firstSlot);
  }

  /** Forgets all. Slots go on from where they were. */
  clear(): void {
    this.#firstSlot += this.#slots.length;
    this.#different = [];
    this.#byHash.clear();
    this.#slots = [];
    this.#described = [];
    this.#unclosed = 0;
  }

  #at(slot: ResourceSlot): number[] {
    const attributes = this.#described[slot - this.#firstSlot];
    if (!attributes) throw new Error(`resource slot ${slot} is no longer open`);
    return attributes;
  }

  #indexOfSlot(i: number): number {
    const index = this.#slots[i];
    return index === UNCLOSED ? this.#indexOf(this.#described[i] ?? []) : index;
  }

  /** Of these attributes among the different ones. */
  #indexOf(attributes: Attributes): number {
    let hash = 0;
    for (const part of attributes) hash = (Math.imul(hash, 31) + part) | 0;
    const bucket = this.#byHash.get(hash) ?? [];
    for (const index of bucket) if (isSame(this.#different[index], attributes)) return index;
    const index = this.#different.push([...attributes]) - 1;
    bucket.push(index);
    this.#byHash.set(hash, bucket);
    return index;
  }
}

function isSame(one: Attributes, other: Attributes): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
