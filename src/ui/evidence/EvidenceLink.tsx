import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { useApp } from '../../state/app.ts';

export interface EvidenceLinkProps {
  readonly selection: EvidenceSelection;
  /** How many requests it lists; 0: there is nothing to open. */
  readonly count: number;
  readonly children: JSX.Element;
}

/** A number that opens the requests behind it. */
export function EvidenceLink(props: EvidenceLinkProps): JSX.Element {
  const app = useApp();
  return (
    <Show when={props.count > 0} fallback={props.children}>
      <a class="evidence-link" href={app.href({ evidence: props.selection })} title="Show these requests">
        {props.children}
      </a>
    </Show>
  );
}
