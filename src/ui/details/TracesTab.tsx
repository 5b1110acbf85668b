import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import type { NodeTabProps } from '../backtrace/node-tab-props.ts';
import { EvidenceList } from '../evidence/EvidenceList.tsx';
import '../evidence/evidence.css';
import './details.css';

/** The requests at the selected step, each the way into its trace. */
export function TracesTab(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const failedOnly = () => app.view().mode === 'failed';
  return (
    <div class="details-tab">
      <div class="details-tools">
        <p class="quiet">Requests at this step that led to the calls; the start opens the trace.</p>
        <button
          type="button"
          class="button small"
          aria-pressed={failedOnly()}
          onClick={() => app.navigate({ mode: failedOnly() ? null : 'failed' }, 'replace')}
        >
          Failed only
        </button>
      </div>
      <EvidenceList
        target={props.backtrace.target}
        filter={app.filter()}
        selection={{
          place: { kind: 'node', path: props.path },
          count: failedOnly() ? 'failedRequests' : 'requests',
        }}
      />
    </div>
  );
}
