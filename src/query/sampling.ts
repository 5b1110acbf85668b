import type { RequestTable } from '../assembly/request-table.ts';
import type { SamplingAnswer } from '../model/answers.ts';

/** How many requests of the whole those of the data stand for, all together. */
export function describeSampling({ count, weights }: RequestTable): SamplingAnswer {
  if (weights === null) return { requests: count, estimate: count, weighted: 0 };
  let estimate = 0;
  let weighted = 0;
  for (let row = 0; row < count; row++) {
    estimate += weights[row];
    if (weights[row] !== 1) weighted++;
  }
  return { requests: count, estimate, weighted };
}
