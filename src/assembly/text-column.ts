import type { DatasetTexts } from './dataset-texts.ts';

const NOT_YET = -1;

/** Renumbers the texts that requests use, so that only these are kept. */
export class TextColumn {
  readonly texts: string[] = [''];
  readonly #source: DatasetTexts;
  /** By dataset text number. */
  readonly #numbers: Int32Array;

  /** All texts have been added to `source`. */
  constructor(source: DatasetTexts) {
    this.#source = source;
    this.#numbers = new Int32Array(source.count).fill(NOT_YET);
    this.#numbers[0] = 0;
  }

  /** The column with dataset text numbers replaced, in place, by numbers in `texts`. */
  column(values: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
    const numbers = this.#numbers;
    for (let row = 0; row < values.length; row++) {
      const value = values[row];
      if (numbers[value] === NOT_YET) numbers[value] = this.texts.push(this.#source.text(value)) - 1;
      values[row] = numbers[value];
    }
    return values;
  }
}
