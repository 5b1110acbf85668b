import { Show, createSignal, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../state/app.ts';
import { readDropped, readPasted } from './dropped-files.ts';

/** Takes files dropped anywhere on the page, and files or text that are pasted. */
export function DropArea(props: { children: JSX.Element }): JSX.Element {
  const app = useApp();
  const [hovering, setHovering] = createSignal(false);

  const take = async (transfer: DataTransfer) => {
    const end = app.beginWork();
    const { files, unreadable } = await readDropped(transfer);
    if (unreadable.length > 0)
      app.notices.add('problem', 'Some of what was dropped could not be read.', unreadable.slice(0, 10));
    if (files.length > 0) void app.addFiles(files, null);
    else if (unreadable.length === 0) app.notices.add('info', 'There was no file in what was dropped.');
    end();
  };
  const onDrop = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    setHovering(false);
    if (event.dataTransfer) void take(event.dataTransfer);
  };
  const onDragOver = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    setHovering(true);
  };
  const onDragLeave = (event: DragEvent) => {
    if (event.relatedTarget === null) setHovering(false);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (!event.clipboardData || isEditable(event.target)) return;
    const files = readPasted(event.clipboardData);
    if (files.length > 0) void app.addFiles(files, null);
  };

  onMount(() => {
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    onCleanup(() => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    });
  });
  return (
    <div class="app">
      {props.children}
      <Show when={hovering()}>
        <div class="drop-veil" aria-hidden="true">
          <p>Drop to read the traces</p>
        </div>
      </Show>
    </div>
  );
}

function holdsFiles(event: DragEvent): boolean {
  const transfer = event.dataTransfer;
  return transfer !== null && ([...transfer.types].includes('Files') || transfer.files.length > 0);
}

function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=file]), textarea'))
  );
}
