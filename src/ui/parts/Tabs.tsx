import { For, createEffect, createUniqueId, on } from 'solid-js';
import type { JSX } from 'solid-js';

export interface TabItem {
  /** Stable: it stands in links. */
  readonly slug: string;
  readonly title: string;
}

export interface TabsProps {
  /** Accessible name of the list. */
  readonly label: string;
  readonly tabs: readonly TabItem[];
  readonly selected: string;
  readonly onSelect: (slug: string) => void;
  /** What the selected tab shows. */
  readonly children: JSX.Element;
}

/** Tabs and the panel of the selected one: arrow keys move along them and select. */
export function Tabs(props: TabsProps): JSX.Element {
  const id = createUniqueId();
  let list!: HTMLDivElement;
  const tabId = (slug: string) => `${id}-${slug}`;
  const move = (event: KeyboardEvent) => {
    const at = props.tabs.findIndex((tab) => tab.slug === props.selected);
    const target = placeForKey(event.key, at, props.tabs.length);
    if (target === null) return;
    event.preventDefault();
    props.onSelect(props.tabs[target].slug);
    list.querySelectorAll<HTMLElement>('[role=tab]')[target]?.focus();
  };
  // The strip itself scrolls, and never the page; CSS says how.
  createEffect(
    on(
      () => props.tabs.findIndex((tab) => tab.slug === props.selected),
      (at, before) => {
        const tab = list.querySelectorAll<HTMLElement>('[role=tab]')[at];
        // the first one is in sight at first, and to ask where it is costs a layout
        if (!tab || (at === 0 && before === undefined)) return;
        const left = tab.offsetLeft - list.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
        list.scrollTo({ left, behavior: before === undefined ? 'instant' : 'auto' });
      },
    ),
  );
  return (
    <>
      <div class="tabs" role="tablist" aria-label={props.label} ref={list} onKeyDown={move}>
        <For each={props.tabs}>
          {(tab) => (
            <button
              type="button"
              role="tab"
              class="tab"
              id={tabId(tab.slug)}
              aria-selected={tab.slug === props.selected}
              aria-controls={`${id}-panel`}
              tabindex={tab.slug === props.selected ? 0 : -1}
              onClick={() => props.onSelect(tab.slug)}
            >
              {tab.title}
            </button>
          )}
        </For>
      </div>
      <div class="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={tabId(props.selected)}>
        {props.children}
      </div>
    </>
  );
}

/** null: not a key of tabs. */
function placeForKey(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowLeft') return (at + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
