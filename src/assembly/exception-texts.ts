import { exceptionText } from '../failure/reason.ts';
import { perTextPair } from './dataset-texts.ts';
import type { DatasetTexts } from './dataset-texts.ts';

type NumberOf = (type: number, message: number) => number;

const known = new WeakMap<DatasetTexts, NumberOf>();

/**
 * The number of what an exception of this type and message is told as, remembered for a dataset's texts: taking out
 * its ids is costly, and exceptions come while a file is still being read.
 */
export function exceptionNumbers(texts: DatasetTexts): NumberOf {
  const numberOf =
    known.get(texts) ?? perTextPair((type, message) => texts.numberOf(exceptionText(type, message)), texts);
  known.set(texts, numberOf);
  return numberOf;
}
