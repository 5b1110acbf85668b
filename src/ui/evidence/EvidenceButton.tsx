import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { useApp } from '../../state/app.ts';

export interface EvidenceButtonProps {
  /** Asked for only when it is pressed: of thousands of long chains no link needs to be written. */
  readonly selection: () => EvidenceSelection;
  readonly count: number;
  readonly children: JSX.Element;
}

/** As EvidenceLink, within a grid that is one stop for Tab: not reached by Tab itself. */
export function EvidenceButton(props: EvidenceButtonProps): JSX.Element {
  const app = useApp();
  return (
    <Show when={props.count > 0} fallback={props.children}>
      <button
        type="button"
        class="evidence-link evidence-button"
        title="Show these requests"
        tabindex={-1}
        onClick={(event) => {
          event.stopPropagation();
          app.navigate({ evidence: props.selection() }, 'push');
        }}
      >
        {props.children}
      </button>
    </Show>
  );
}
