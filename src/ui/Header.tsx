import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ViewName } from '../link/view-state.ts';
import { useApp } from '../state/app.ts';
import { describeCountOf } from '../util/text.ts';
import { FilePicker } from './FilePicker.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';

export function Header(): JSX.Element {
  const app = useApp();
  return (
    <header class="header">
      <a class="brand" href={app.href({ view: 'start' })}>
        <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 22c0-6 0-7-5-11S4 4 4 2M12 22c0-6 0-7 5-11s3-7 3-9M12 22V12c0-4 0-6 0-10" />
        </svg>
        <span class="brand-name">Headwater</span>
      </a>
      <DatasetPicker />
      <Show when={app.dataset()}>
        <nav class="nav" aria-label="Screens">
          <NavLink view="services" title="Services" />
          <NavLink view="requests" title="Top requests" />
          <Show when={app.view().service !== null}>
            <NavLink view="service" title="Service" />
          </Show>
          <NavLink view="backtrace" title="Backtrace" />
          <NavLink view="trace" title="Trace" />
          <NavLink view="summary" title="Data summary" />
        </nav>
      </Show>
      <div class="header-actions">
        <FilePicker label="Open trace files" class="button primary" into={null} />
        <Show when={app.dataset() && app.view().view !== 'start'}>
          <ShareButton />
        </Show>
        <ThemeSwitch />
      </div>
    </header>
  );
}

function NavLink(props: { view: ViewName; title: string }): JSX.Element {
  const app = useApp();
  return (
    <a
      href={app.href({ view: props.view })}
      aria-current={app.view().view === props.view ? 'page' : undefined}
    >
      {props.title}
    </a>
  );
}

function DatasetPicker(): JSX.Element {
  const app = useApp();
  const choices = () => {
    const open = app.dataset();
    const stored = app.datasets.list();
    return open && !stored.some((one) => one.id === open.id) ? [open, ...stored] : stored;
  };
  return (
    <Show when={app.dataset()}>
      {(open) => (
        <select
          class="dataset-picker"
          aria-label="Dataset"
          title={`${open().name}: ${describeCountOf(open().counts.spans, 'span')}`}
          onChange={(event) => void app.openDataset(Number(event.currentTarget.value))}
        >
          <For each={choices()}>
            {(dataset) => (
              <option value={dataset.id} selected={dataset.id === open().id}>
                {dataset.name}
              </option>
            )}
          </For>
        </select>
      )}
    </Show>
  );
}
