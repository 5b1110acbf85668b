import { growableU32 } from './growable.ts';
import type { AttributeColumns } from './segment.ts';

/** Grows attribute lists row by row: `add` puts to the open row, `endRow` closes it. */
export class AttributeBuilder {
  readonly #starts = growableU32();
  #keys = new Uint32Array(1024);
  #types = new Uint8Array(1024);
  #values = new Uint32Array(1024);
  #entries = 0;

  constructor() {
    this.#starts.push(0);
  }

  add(key: number, type: number, value: number): void {
    const at = this.#entries;
    if (at === this.#keys.length) this.#grow();
    this.#keys[at] = key;
    this.#types[at] = type;
    this.#values[at] = value;
    this.#entries = at + 1;
  }

  endRow(): void {
    this.#starts.push(this.#entries);
  }

  /** Takes back everything after the first `rows` rows. */
  rollBack(rows: number): void {
    this.#starts.length = rows + 1;
    this.#entries = this.#starts.values[rows];
  }

  clear(): void {
    this.rollBack(0);
  }

  seal(): AttributeColumns {
    return {
      starts: this.#starts.seal(),
      keys: this.#keys.slice(0, this.#entries),
      types: this.#types.slice(0, this.#entries),
      values: this.#values.slice(0, this.#entries),
    };
  }

  #grow(): void {
    const room = this.#keys.length * 2;
    const keys = new Uint32Array(room);
    keys.set(this.#keys);
    this.#keys = keys;
    const types = new Uint8Array(room);
    types.set(this.#types);
    this.#types = types;
    const values = new Uint32Array(room);
    values.set(this.#values);
    this.#values = values;
  }
}
