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

  /** Texts held, the empty one included. */
  get count(): number {
    return this.#pool.count;
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

/** Pairs of text numbers as one key: dictionaries stay below 2^26 texts. */
const PAIR_SHIFT = 2 ** 26;

/** As perText, for a function of two texts. */
export function perTextPair<T>(
  compute: (left: string, right: string) => T,
  texts: DatasetTexts,
): (left: number, right: number) => T {
  const answers = new Map<number, T>();
  return (left, right) => {
    const key = left * PAIR_SHIFT + right;
    let answer = answers.get(key);
    if (answer === undefined) answers.set(key, (answer = compute(texts.text(left), texts.text(right))));
    return answer;
  };
}
