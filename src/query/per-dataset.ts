import type { RequestTable } from '../assembly/request-table.ts';

/** Something that is made once for each dataset and lives as long as it; other failure rules change nothing. */
export function perDataset<T>(make: () => T): (table: RequestTable) => T {
  const known = new WeakMap<Uint32Array, T>();
  return ({ span }) => {
    let made = known.get(span);
    if (made === undefined) known.set(span, (made = make()));
    return made;
  };
}
