import type { ResourceSlot, TextId, ValueType } from '../model/sink.ts';
import { AttributeBuilder } from './attribute-builder.ts';
import type { AttributeColumns } from './segment.ts';
import type { TextPool } from './text-pool.ts';
import { decodeText } from './text-pool.ts';

/** A resource as it is being described. */
interface OpenResource {
  /** Key, type, value; three numbers an attribute. */
  attributes: number[];
  closed: boolean;
}

/**
 * Gathers resources by slot and gives equal ones one row. Slots count up for ever; those before
 * `#firstSlot` belonged to segments that are gone.
 */
export class ResourceBuilder {
  #slots: OpenResource[] = [];
  #firstSlot = 0;
  #unclosed = 0;

  /** Slots whose attributes are still awaited. */
  get unclosed(): number {
    return this.#unclosed;
  }

  open(): ResourceSlot {
    this.#unclosed++;
    return this.#firstSlot + this.#slots.push({ attributes: [], closed: false }) - 1;
  }

  attribute(slot: ResourceSlot, key: TextId, type: ValueType, value: TextId): void {
    this.#at(slot).attributes.push(key, type, value);
  }

  reset(slot: ResourceSlot): void {
    this.#at(slot).attributes = [];
  }

  close(slot: ResourceSlot): void {
    const resource = this.#at(slot);
    if (!resource.closed) this.#unclosed--;
    resource.closed = true;
  }

  /** The distinct resources as rows, and the row of each slot (`slot − firstSlot`). */
  seal(): { columns: AttributeColumns; rowOfSlot: Uint32Array; firstSlot: number } {
    const builder = new AttributeBuilder();
    const rows = new Map<string, number>();
    const rowOfSlot = Uint32Array.from(this.#slots, ({ attributes }) => {
      const content = attributes.join(',');
      const known = rows.get(content);
      if (known !== undefined) return known;
      for (let i = 0; i < attributes.length; i += 3) {
        builder.add(attributes[i], attributes[i + 1], attributes[i + 2]);
      }
      builder.endRow();
      rows.set(content, rows.size);
      return rows.size - 1;
    });
    return { columns: builder.seal(), rowOfSlot, firstSlot: this.#firstSlot };
  }

  /**
   * Starts the next segment. Only the slot opened last can still get spans; its texts move from
   * the old dictionary (read through `old`) to the emptied `pool`.
   */
  carryOver(old: ReturnType<TextPool['seal']>, pool: TextPool): void {
    const last = this.#slots.at(-1);
    if (!last) return;
    this.#firstSlot += this.#slots.length - 1;
    const moved = (id: number): number => pool.internString(decodeText(old, id));
    last.attributes = last.attributes.map((part, i) => (i % 3 === 1 ? part : moved(part)));
    this.#slots = [last];
  }

  #at(slot: ResourceSlot): OpenResource {
    const resource = this.#slots[slot - this.#firstSlot];
    if (!resource) throw new Error(`resource slot ${slot} is no longer open`);
    return resource;
  }
}
