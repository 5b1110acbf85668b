import type { Column } from './Table.tsx';

/** Names may be long: elided, with the whole one at hand. */
export function nameColumn<Row extends { readonly name: string }>(title: string): Column<Row> {
  return {
    key: 'name',
    title,
    class: 'name-column',
    sortBy: (row) => row.name,
    cell: (row) => (
      <span class="elide" title={row.name}>
        {row.name === '' ? '(no name)' : row.name}
      </span>
    ),
  };
}
