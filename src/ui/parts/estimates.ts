/** Counts that may be estimates of the whole (SEMANTICS §9): marked, with what is in the data beside them. */
import type { InData } from '../../model/answers.ts';
import { describeCount } from '../../util/text.ts';

interface Estimated {
  readonly inData?: InData;
}

/** `310 in the data`; undefined where the count is no estimate. */
export function describeInData({ inData }: Estimated, count: keyof InData): string | undefined {
  const counted = inData?.[count];
  return counted === undefined ? undefined : `${describeCount(counted)} in the data`;
}

/** The row with its counts in the data in the place of estimates. */
export function countedInData<Row extends Estimated>(row: Row): Row {
  return row.inData === undefined ? row : { ...row, ...row.inData };
}
