/** What the requests of a dataset bear in one field: a code for each request, and the text of each code. */
export interface FieldColumn {
  /** Code of a row of the request table. 0 may mean that the field is missing there (`text`). */
  readonly code: (row: number) => number;
  /** All codes are below. */
  readonly size: number;
  /** null: the field is missing. */
  readonly text: (code: number) => string | null;
}

/** The first column's where it is not missing, else the second's. Both have 0 for missing. */
export function firstOf(first: FieldColumn, second: FieldColumn): FieldColumn {
  return {
    code: (row) => {
      const code = first.code(row);
      if (code !== 0) return code;
      const other = second.code(row);
      return other === 0 ? 0 : first.size + other;
    },
    size: first.size + second.size,
    text: (code) => (code < first.size ? first.text(code) : second.text(code - first.size)),
  };
}
