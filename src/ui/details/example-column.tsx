import type { Column } from '../parts/Table.tsx';
import { TraceLink } from '../traces/TraceLink.tsx';

/** One span of those that a row counts. */
export function exampleColumn<Row extends { readonly traceId: string; readonly spanId: string }>(
  text = 'trace',
): Column<Row> {
  return {
    key: 'example',
    title: 'Example',
    cell: (row) => (
      <TraceLink traceId={row.traceId} spanId={row.spanId}>
        {text}
      </TraceLink>
    ),
  };
}
