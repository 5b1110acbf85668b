/** The view state, bound to the hash of the address. */
import { createSignal, onCleanup } from 'solid-js';
import type { Accessor } from 'solid-js';
import { decodeView, encodeView } from '../link/hash.ts';
import type { DecodedLink } from '../link/hash.ts';
import { withoutMisfits } from '../link/misfits.ts';
import type { ViewState } from '../link/view-state.ts';

export type HistoryMode = 'push' | 'replace';

export interface HashView {
  readonly view: Accessor<ViewState>;
  /** The link the page was opened with. */
  readonly first: DecodedLink;
  readonly show: (view: ViewState, mode: HistoryMode) => void;
}

/**
 * `onArrive` is called for every link that was not made by `show`: typed, back and forward; `onLeave` where `show`
 * leads on, not where it only completes or refines the link.
 */
export function createHashView(onArrive: (link: DecodedLink) => void, onLeave: () => void): HashView {
  const first = withoutMisfits(decodeView(window.location.hash));
  const [view, setView] = createSignal(first.view);
  let shownHash = window.location.hash;

  const arrive = () => {
    if (window.location.hash === shownHash) return;
    shownHash = window.location.hash;
    const link = withoutMisfits(decodeView(shownHash));
    setView(link.view);
    onArrive(link);
  };
  const show = (next: ViewState, mode: HistoryMode) => {
    const hash = encodeView(next);
    const changed = hash !== window.location.hash;
    shownHash = hash;
    if (mode === 'push') onLeave();
    if (changed) {
      if (mode === 'push') window.history.pushState(null, '', hash);
      else window.history.replaceState(null, '', hash);
    }
    setView(next);
  };
  // where there is one, it tells at once what `hashchange` tells a task later: the page is never stale without being busy
  const early = (window as { readonly navigation?: EventTarget }).navigation;
  early?.addEventListener('currententrychange', arrive);
  window.addEventListener('hashchange', arrive);
  window.addEventListener('popstate', arrive);
  onCleanup(() => {
    early?.removeEventListener('currententrychange', arrive);
    window.removeEventListener('hashchange', arrive);
    window.removeEventListener('popstate', arrive);
  });
  return { view, first, show };
}
