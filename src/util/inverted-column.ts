/** The rows of each number that a column holds, in compressed-row form. */
export interface InvertedColumn {
  /** By number: where its rows begin; one more at the end. */
  readonly first: Uint32Array;
  /** Those of one number ascend. */
  readonly rows: Uint32Array;
}

/** `numbers`: there are so many, from 0; rows with a negative one are of none. */
export function invertColumn(column: Int32Array | Uint32Array, numbers: number): InvertedColumn {
  const first = new Uint32Array(numbers + 1);
  let count = 0;
  for (let row = 0; row < column.length; row++) {
    if (column[row] < 0) continue;
    first[column[row] + 1]++;
    count++;
  }
  for (let number = 1; number < first.length; number++) first[number] += first[number - 1];
  const next = first.slice();
  const rows = new Uint32Array(count);
  for (let row = 0; row < column.length; row++) if (column[row] >= 0) rows[next[column[row]]++] = row;
  return { first, rows };
}
