import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import { Icon } from '../parts/Icon.tsx';

const SHORTCUTS: readonly (readonly [keys: string, what: string])[] = [
  ['Ctrl K or ⌘ K', 'find a service, an endpoint or a screen'],
  ['/', 'the query: conditions on the requests'],
  ['↑ ↓, Enter', 'in the query: choose a completion and take it; Enter alone applies'],
  ['?', 'this list'],
  ['Escape', 'close what is open: a list of requests, a dialog, the timeframe'],
  ['↑ ↓ Home End', 'in the tree: move along the steps'],
  ['→ ←', 'in the tree: open and close a step'],
  ['*', 'in the tree: open all steps'],
  ['Enter', 'in the tree: select the step'],
  ['Shift F10', 'in the tree: what can be done with the step; the menu key and a right click do the same'],
  ['e, E', 'in a trace: to the next and the previous span with an error'],
  ['→ ← Home End', 'on tabs: move and select'],
  ['Tab, Shift Tab', 'to the next and the previous control; tables and lists scroll with the arrow keys'],
];

/** What the keyboard can do. */
export function Shortcuts(props: { onClose: () => void }): JSX.Element {
  return (
    <div class="shortcuts">
      <header class="evidence-head">
        <h2>Keyboard shortcuts</h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={() => props.onClose()}>
          <Icon name="close" />
        </button>
      </header>
      <dl class="facts">
        <For each={SHORTCUTS}>
          {([keys, what]) => (
            <div>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          )}
        </For>
      </dl>
    </div>
  );
}
