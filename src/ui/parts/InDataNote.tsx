import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { Icon } from './Icon.tsx';

/** Beside figures that are never extrapolated, while others on the page are. */
export function InDataNote(): JSX.Element {
  const app = useApp();
  return (
    <Show when={app.view().extrapolated}>
      <p class="note">
        <Icon name="info" />
        Not extrapolated: these figures count what is in the data.
      </p>
    </Show>
  );
}
