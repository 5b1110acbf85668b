import type { JSX } from 'solid-js';
import { describeData } from '../../link/same-data.ts';
import type { DatasetSummary } from '../../model/dataset.ts';
import { useApp } from '../../state/app.ts';

export interface TraceLinkProps {
  readonly traceId: string;
  /** The span that is selected there. */
  readonly spanId: string;
  /** Left out or null: the open one. */
  readonly dataset?: DatasetSummary | null;
  readonly children: JSX.Element;
}

/** Opens one trace at one of its spans. */
export function TraceLink(props: TraceLinkProps): JSX.Element {
  const app = useApp();
  return (
    <a
      class="trace-link"
      href={app.href(
        { view: 'trace', trace: props.traceId, span: props.spanId },
        props.dataset ? describeData(props.dataset) : null,
      )}
      title="Show the trace"
    >
      {props.children}
    </a>
  );
}
