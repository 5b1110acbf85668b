import { growableU32, growableU8 } from './growable.ts';
import type { AttributeColumns } from './segment.ts';

/** Grows attribute lists row by row: `add` puts to the open row, `endRow` closes it. */
export class AttributeBuilder {
  readonly #starts = growableU32();
  readonly #keys = growableU32();
  readonly #types = growableU8();
  readonly #values = growableU32();

  constructor() {
    this.#starts.push(0);
  }

  get rows(): number {
    return this.#starts.length - 1;
  }

  get entries(): number {
    return this.#keys.length;
  }

  add(key: number, type: number, value: number): void {
    this.#keys.push(key);
    this.#types.push(type);
    this.#values.push(value);
  }

  endRow(): void {
    this.#starts.push(this.#keys.length);
  }

  /** Takes back everything after the first `rows` rows. */
  rollBack(rows: number): void {
    this.#starts.length = rows + 1;
    const entries = this.#starts.values[rows];
    this.#keys.length = entries;
    this.#types.length = entries;
    this.#values.length = entries;
  }

  clear(): void {
    this.rollBack(0);
  }

  seal(): AttributeColumns {
    return {
      starts: this.#starts.seal(),
      keys: this.#keys.seal(),
      types: this.#types.seal(),
      values: this.#values.seal(),
    };
  }
}
