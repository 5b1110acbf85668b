import { Show, createSignal, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { isTyping } from '../parts/focus.ts';
import { Icon } from '../parts/Icon.tsx';
import { QueryHelp } from './QueryHelp.tsx';
import { QueryInput } from './QueryInput.tsx';
import './query.css';

/** Conditions on the requests as text: Enter applies them, and they become chips. */
export function QueryBar(): JSX.Element {
  const app = useApp();
  const { text, setText, result, changed } = app.queryDraft;
  /** What was tried to be applied: what is wrong at its end is told too, as no more will be typed there. */
  const [tried, setTried] = createSignal<string | null>(null);
  let input!: HTMLInputElement;

  /** It says something that the figures below do not follow yet. */
  const pending = () => changed() && text().trim() !== '';
  const problem = () => {
    const read = result();
    if (read.ok || text().trim() === '') return null;
    return read.problem.to < text().trimEnd().length || tried() === text() ? read.problem : null;
  };
  const apply = () => {
    const read = result();
    setTried(text());
    if (read.ok) app.navigate({ where: read.condition }, 'push');
    else input.setSelectionRange(read.problem.at, read.problem.to);
  };
  const write = (next: string) => {
    setText(next);
    input.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key !== '/' || !plain || isTyping(event.target) || document.querySelector('dialog[open]'))
      return;
    event.preventDefault();
    input.focus();
  };
  onMount(() => {
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  return (
    <div class="query-bar" classList={{ 'query-pending': pending() }} role="search" aria-label="Conditions">
      <Icon name="search" />
      <QueryInput
        label="Filter requests, in TraceQL"
        placeholder="duration > 200ms && request:failed = true"
        text={text()}
        onText={setText}
        onEnter={apply}
        problem={problem()}
        ref={(element) => (input = element)}
      />
      <Show when={text() !== ''}>
        <button
          type="button"
          class="icon-button"
          aria-label="Empty the query"
          onClick={() => {
            write('');
            apply();
          }}
        >
          <Icon name="close" />
        </button>
      </Show>
      <Show when={pending()}>
        <span class="query-state">not applied</span>
        <button type="button" class="button small" onClick={apply}>
          Apply
        </button>
      </Show>
      <QueryHelp onExample={write} />
    </div>
  );
}
