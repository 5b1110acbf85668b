import type { Segment } from '../columns/segment.ts';
import { decodeText, TextPool } from '../columns/text-pool.ts';

/** The texts that assembly reads, numbered over all segments; decoded when first looked at. */
export class DatasetTexts {
  readonly #pool = new TextPool(65_536, 1 << 21);
  readonly #decoded: string[] = [''];

  /** Maps a segment's text numbers to the dataset's; each text is looked up once. */
  translator(segment: Segment): (id: number) => number {
    const { bytes, ends } = segment.texts;
    const known = new Int32Array(ends.length).fill(-1);
    known[0] = 0;
    return (id) => {
      if (known[id] < 0) known[id] = this.#pool.intern(bytes, ends[id - 1], ends[id]);
      return known[id];
    };
  }

  numberOf(text: string): number {
    return this.#pool.internString(text);
  }

  text(id: number): string {
    return (this.#decoded[id] ??= decodeText(this.#pool.peek(), id));
  }
}

/** Remembers what a pure function of a text said: names repeat a million times. */
export function perText<T>(compute: (text: string) => T, texts: DatasetTexts): (id: number) => T {
  const answers: T[] = [];
  return (id) => (id in answers ? answers[id] : (answers[id] = compute(texts.text(id))));
}
