import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { RulesEditor } from './RulesEditor.tsx';
import './rules.css';

/** Opens the editor of what counts as failed. */
export function RulesButton(): JSX.Element {
  const app = useApp();
  const [open, setOpen] = createSignal(false);
  let dialog!: HTMLDialogElement;
  const show = () => {
    setOpen(true);
    dialog.showModal();
  };
  return (
    <>
      <button type="button" class="button" aria-haspopup="dialog" onClick={show}>
        Failure rules
      </button>
      <dialog
        class="drawer"
        aria-labelledby="rules-title"
        ref={dialog}
        onClose={() => setOpen(false)}
        onClick={(event) => event.target === dialog && dialog.close()}
      >
        <Show when={open()}>
          <RulesEditor
            current={app.view().rules}
            onApply={(rules) => {
              app.navigate({ rules }, 'push');
              dialog.close();
            }}
            onClose={() => dialog.close()}
          />
        </Show>
      </dialog>
    </>
  );
}
