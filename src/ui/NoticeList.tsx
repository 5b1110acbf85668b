import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../state/app.ts';
import type { NoticeTone } from '../state/notices.ts';
import { Icon } from './parts/Icon.tsx';
import type { IconName } from './parts/Icon.tsx';

const ICONS: Readonly<Record<NoticeTone, IconName>> = {
  info: 'info',
  warning: 'failure',
  problem: 'refused',
  done: 'check',
};
/** The colour alone would not tell. */
const LABELS: Readonly<Record<NoticeTone, string>> = {
  info: '',
  warning: 'Warning',
  problem: 'Problem',
  done: '',
};

/** What wants attention: a pile that stays until it is dismissed. */
export function NoticeList(): JSX.Element {
  const app = useApp();
  const lasting = () => app.notices.list().filter(({ tone }) => tone !== 'done');
  return (
    <div class="notices" role="log" aria-live="polite" aria-label="Messages">
      <For each={lasting()}>
        {(notice) => (
          <div class={`notice notice-${notice.tone}`}>
            <Icon name={ICONS[notice.tone]} />
            <div class="notice-text">
              <Show when={LABELS[notice.tone] !== ''}>
                <p class="notice-label">{LABELS[notice.tone]}</p>
              </Show>
              <p>{notice.text}</p>
              <Show when={notice.details.length > 0}>
                <ul>
                  <For each={notice.details}>{(detail) => <li>{detail}</li>}</For>
                </ul>
              </Show>
            </div>
            <button
              type="button"
              class="icon-button"
              aria-label="Dismiss"
              onClick={() => app.notices.dismiss(notice.id)}
            >
              <Icon name="close" />
            </button>
          </div>
        )}
      </For>
    </div>
  );
}
