import { createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';

/** Opens a trace by its id: 32 hex digits, or the 16 that some tools shorten them to. */
export function TraceSearch(): JSX.Element {
  const app = useApp();
  const id = createUniqueId();
  let input!: HTMLInputElement;
  const open = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = input.value.replaceAll(/[\s-]/g, '').toLowerCase();
    const valid = /^([0-9a-f]{16}|[0-9a-f]{32})$/.test(typed);
    input.setCustomValidity(valid ? '' : 'A trace id has 16 or 32 hex digits.');
    if (!input.reportValidity()) return;
    app.navigate({ view: 'trace', trace: typed.padStart(32, '0') }, 'push');
    input.value = '';
  };
  return (
    <form class="trace-search" onSubmit={open}>
      <label for={id}>Trace id</label>
      <input
        id={id}
        type="search"
        spellcheck={false}
        autocomplete="off"
        placeholder="32 hex digits"
        ref={input}
        onInput={() => input.setCustomValidity('')}
      />
      <button type="submit" class="button">
        Open
      </button>
    </form>
  );
}
