import type { DatasetTexts } from './dataset-texts.ts';

/** Renumbers the texts that requests use, so that only these are kept. */
export class TextColumn {
  readonly texts: string[] = [''];
  readonly #source: DatasetTexts;
  readonly #numbers = new Map<number, number>([[0, 0]]);

  constructor(source: DatasetTexts) {
    this.#source = source;
  }

  /** The column with dataset text numbers replaced by numbers in `texts`. */
  column(values: Uint32Array): Uint32Array<ArrayBuffer> {
    return Uint32Array.from(values, (value) => {
      let number = this.#numbers.get(value);
      if (number === undefined) {
        number = this.texts.push(this.#source.text(value)) - 1;
        this.#numbers.set(value, number);
      }
      return number;
    });
  }
}
