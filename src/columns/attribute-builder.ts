import { AttributeShapes } from './attribute-shapes.ts';
import { narrowed } from '../util/narrow-numbers.ts';
import { growableU32 } from './growable.ts';
import type { AttributeColumns } from './segment.ts';

/** Grows attribute lists row by row: `add` puts to the open row, `endRow` closes it. */
export class AttributeBuilder {
  readonly #shapes = new AttributeShapes();
  readonly #shapeOfRow = growableU32();
  readonly #starts = growableU32();
  readonly #values = growableU32();

  constructor() {
    this.#starts.push(0);
  }

  add(key: number, type: number, value: number): void {
    this.#shapes.add(key, type);
    this.#values.push(value);
  }

  endRow(): void {
    this.#shapeOfRow.push(this.#shapes.close());
    this.#starts.push(this.#values.length);
  }

  /** Takes back everything after the first `rows` rows, but for their shapes. */
  rollBack(rows: number): void {
    this.#shapes.reset();
    this.#shapeOfRow.length = rows;
    this.#starts.length = rows + 1;
    this.#values.length = this.#starts.values[rows];
  }

  clear(): void {
    this.rollBack(0);
    this.#shapes.clear();
  }

  seal(): AttributeColumns {
    return {
      shapes: narrowed(this.#shapeOfRow.view()),
      starts: narrowed(this.#starts.view()),
      values: narrowed(this.#values.view()),
      ...this.#shapes.seal(),
    };
  }
}
