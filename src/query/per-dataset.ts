import type { RequestTable } from '../assembly/request-table.ts';

/** Something that is made once for each dataset and lives as long as it; other failure rules change nothing. */
export function perDataset<T>(make: (table: RequestTable) => T): (table: RequestTable) => T {
  const known = new WeakMap<Uint32Array, T>();
  return (table) => {
    let made = known.get(table.span);
    if (made === undefined) known.set(table.span, (made = make(table)));
    return made;
  };
}
