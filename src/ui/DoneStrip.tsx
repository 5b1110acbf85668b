import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../state/app.ts';
import { Icon } from './parts/Icon.tsx';

/** What went well, for a moment, in the empty strip above the page's content: it covers and moves nothing. */
export function DoneStrip(): JSX.Element {
  const app = useApp();
  const newest = () => app.notices.list().findLast(({ tone }) => tone === 'done');
  return (
    <div class="done-strip" role="log" aria-live="polite" aria-label="Done">
      <Show when={newest()}>
        {(notice) => (
          <p class="done-text" title={notice().text}>
            <Icon name="check" />
            <span class="elide">{notice().text}</span>
          </p>
        )}
      </Show>
    </div>
  );
}
