import { For, Show, createMemo, createSignal, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import { EVERYTHING } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { createTarget } from '../service/create-target.ts';
import { isTyping } from '../parts/focus.ts';
import { Shortcuts } from './Shortcuts.tsx';
import { endpointCommands, screenCommands, searchCommands, serviceCommands } from './commands.ts';
import type { Command } from './commands.ts';

type Shown = 'palette' | 'shortcuts' | null;

/** Ctrl+K (⌘K) finds services, endpoints and screens; `?` lists the shortcuts. */
export function Palette(): JSX.Element {
  const [shown, setShown] = createSignal<Shown>(null);
  let dialog!: HTMLDialogElement;
  const show = (what: Shown) => {
    setShown(what);
    if (!dialog.open) dialog.showModal();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      show('palette');
    } else if (event.key === '?' && !isTyping(event.target) && shown() === null) {
      event.preventDefault();
      show('shortcuts');
    }
  };
  onMount(() => {
    document.addEventListener('keydown', onKeyDown);
    onCleanup(() => document.removeEventListener('keydown', onKeyDown));
  });
  return (
    <dialog
      class="palette"
      aria-label={shown() === 'shortcuts' ? 'Keyboard shortcuts' : 'Go to'}
      ref={dialog}
      onClose={() => setShown(null)}
      onClick={(event) => event.target === dialog && dialog.close()}
    >
      <Show when={shown() === 'palette'}>
        <CommandSearch onDone={() => dialog.close()} />
      </Show>
      <Show when={shown() === 'shortcuts'}>
        <Shortcuts onClose={() => dialog.close()} />
      </Show>
    </dialog>
  );
}

function CommandSearch(props: { onDone: () => void }): JSX.Element {
  const app = useApp();
  const target = createTarget();
  const [search, setSearch] = createSignal('');
  const [at, setAt] = createSignal(0);
  let input!: HTMLInputElement;
  let list!: HTMLUListElement;
  const services = createAnswer('services', () => ({ filter: EVERYTHING }));
  const service = createAnswer('service', () => {
    const chosen = target();
    return chosen && { target: { ...chosen, endpoint: null }, filter: EVERYTHING };
  });
  const found = createMemo(() =>
    searchCommands(
      [
        ...(app.dataset() === null ? [] : screenCommands(app.view())),
        ...serviceCommands(services.latest()?.services ?? []),
        ...endpointCommands(service.latest()?.endpoints ?? [], target()?.service.name ?? ''),
      ],
      search(),
    ),
  );
  const run = (command: Command | undefined) => {
    if (!command) return;
    props.onDone();
    app.navigate(command.patch, 'push');
  };
  const move = (by: number) => {
    const count = found().length;
    if (count === 0) return;
    setAt((at() + by + count) % count);
    list.children[at()]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') run(found()[at()]);
    else return;
    event.preventDefault();
  };
  onMount(() => input.focus());
  return (
    <div class="command-search">
      <input
        type="text"
        role="combobox"
        aria-label="Go to a service, an endpoint or a screen"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found().length > 0 ? `palette-${at()}` : undefined}
        autocomplete="off"
        placeholder="Service, endpoint or screen"
        ref={input}
        onInput={(event) => {
          setSearch(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul class="command-list" role="listbox" id="palette-list" aria-label="Found" ref={list}>
        <For each={found()}>
          {(command, place) => (
            <li
              role="option"
              id={`palette-${place()}`}
              aria-selected={place() === at()}
              onClick={() => run(command)}
              onPointerMove={() => setAt(place())}
            >
              <span class="elide">{command.title === '' ? '(no name)' : command.title}</span>
              <span class="command-kind">{command.kind}</span>
            </li>
          )}
        </For>
      </ul>
      <p class="quiet" role="status">
        {found().length === 0 ? 'Nothing of that name.' : 'Enter opens it, Escape closes.'}
      </p>
    </div>
  );
}
