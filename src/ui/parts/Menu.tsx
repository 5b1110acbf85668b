import { For, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import { Dynamic, Portal } from 'solid-js/web';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';

export interface MenuItem {
  readonly title: string;
  readonly icon: IconName;
  /** Where it leads, or what it does. */
  readonly does: { readonly href: string } | (() => void);
  /** After either. */
  readonly after?: () => void;
}

export interface MenuProps {
  /** Accessible name. */
  readonly label: string;
  /** Groups of them, set apart by a line; none is empty. */
  readonly items: readonly (readonly MenuItem[])[];
  /** Where it opens, px of the window; it stays on the screen. */
  readonly at: { readonly x: number; readonly y: number };
  /** Gives the focus back to where it was. */
  readonly onClose: () => void;
}

/** Kept free beside the edges of the screen, px. */
const MARGIN = 6;

/**
 * A menu of actions (ARIA Authoring Practices, Menu): the arrow keys, Home, End and first letters move, Enter and
 * Space do, Escape and Tab close.
 */
export function Menu(props: MenuProps): JSX.Element {
  let menu!: HTMLDivElement;
  const items = () => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const go = (at: number) =>
    items()
      .at(at % items().length)
      ?.focus();
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of the page, such as those of the tree it was opened from, are not meant.
    event.stopPropagation();
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(-1);
    else if (event.key === ' ') all[at]?.click();
    else if (event.key === 'Escape' || event.key === 'Tab') props.onClose();
    else if (/^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.metaKey) goToLetter(all, at, event.key);
    else return;
    event.preventDefault();
  };
  const closeOutside = (event: Event) => {
    if (!(event.target instanceof Node && menu.contains(event.target))) props.onClose();
  };
  const place = () => {
    const { width, height } = menu.getBoundingClientRect();
    const left = Math.min(props.at.x, window.innerWidth - width - MARGIN);
    const top = Math.min(props.at.y, window.innerHeight - height - MARGIN);
    menu.style.left = `${Math.max(MARGIN, left)}px`;
    menu.style.top = `${Math.max(MARGIN, top)}px`;
  };
  onMount(() => {
    place();
    go(0);
    document.addEventListener('pointerdown', closeOutside, true);
    document.addEventListener('scroll', closeOutside, true);
    window.addEventListener('resize', closeOutside);
    onCleanup(() => {
      document.removeEventListener('pointerdown', closeOutside, true);
      document.removeEventListener('scroll', closeOutside, true);
      window.removeEventListener('resize', closeOutside);
    });
  });
  return (
    <Portal mount={document.querySelector('main') ?? document.body}>
      <div
        class="menu"
        role="menu"
        aria-label={props.label}
        ref={menu}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => event.preventDefault()}
      >
        <For each={props.items}>
          {(group) => (
            <div role="group" class="menu-group">
              <For each={group}>{(item) => <Item item={item} onDone={() => props.onClose()} />}</For>
            </div>
          )}
        </For>
      </div>
    </Portal>
  );
}

function Item(props: { item: MenuItem; onDone: () => void }): JSX.Element {
  const does = () => props.item.does;
  const href = () => {
    const to = does();
    return typeof to === 'function' ? undefined : to.href;
  };
  const act = () => {
    const what = does();
    if (typeof what === 'function') what();
    const { after } = props.item;
    props.onDone();
    after?.();
  };
  return (
    <Dynamic
      component={href() === undefined ? 'button' : 'a'}
      type={href() === undefined ? 'button' : undefined}
      href={href()}
      role="menuitem"
      class="menu-item"
      tabindex={-1}
      onClick={act}
      onPointerEnter={(event: PointerEvent & { currentTarget: HTMLElement }) => event.currentTarget.focus()}
    >
      <Icon name={props.item.icon} />
      {props.item.title}
    </Dynamic>
  );
}

/** The next item that begins with the letter. */
function goToLetter(items: readonly HTMLElement[], at: number, letter: string): void {
  const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  const wanted = letter.toLowerCase();
  order.find((item) => (item.textContent ?? '').trim().toLowerCase().startsWith(wanted))?.focus();
}
