import type { DatasetTexts } from './dataset-texts.ts';

/** Renumbers the texts that requests use, so that only these are kept. */
export class TextColumn {
  readonly texts: string[] = [''];
  readonly #source: DatasetTexts;
  /** By dataset text number. */
  readonly #numbers: number[] = [0];

  constructor(source: DatasetTexts) {
    this.#source = source;
  }

  /** The column with dataset text numbers replaced by numbers in `texts`. */
  column(values: Uint32Array): Uint32Array<ArrayBuffer> {
    return Uint32Array.from(
      values,
      (value) => (this.#numbers[value] ??= this.texts.push(this.#source.text(value)) - 1),
    );
  }
}
