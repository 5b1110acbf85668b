import { decodeText, TextPool } from '../columns/text-pool.ts';
import type { SealedTexts } from '../columns/text-pool.ts';

/** The texts that assembly reads, numbered over all segments; decoded when first looked at. */
export class DatasetTexts {
  readonly #pool: TextPool;
  readonly #decoded: string[] = [''];

  constructor(expectedTexts = 65_536, expectedBytes = 1 << 21) {
    this.#pool = new TextPool(expectedTexts, expectedBytes);
  }

  /** Maps a segment's text numbers to the dataset's; each text is looked up once. */
  translator(texts: SealedTexts): (id: number) => number {
    const known = new Int32Array(texts.ends.length).fill(-1);
    return (id) => {
      if (known[id] < 0) known[id] = this.numberIn(texts, id);
      return known[id];
    };
  }

  /** The dataset's number of a segment's text, for a few of them. */
  numberIn({ bytes, ends }: SealedTexts, id: number): number {
    return id === 0 ? 0 : this.#pool.intern(bytes, ends[id - 1], ends[id]);
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
