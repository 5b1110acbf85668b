import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../state/app.ts';
import { THEMES } from '../state/preferences.ts';
import type { Theme } from '../state/preferences.ts';

const TITLES: Readonly<Record<Theme, string>> = {
  system: 'Auto',
  light: 'Light',
  dark: 'Dark',
};

export function ThemeSwitch(): JSX.Element {
  const app = useApp();
  const choose = (value: string) =>
    app.preferences.setTheme(THEMES.find((theme) => theme === value) ?? 'system');
  return (
    <select
      class="theme-switch"
      aria-label="Theme"
      title="Theme; auto follows the system"
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <For each={THEMES}>
        {(theme) => (
          <option value={theme} selected={theme === app.preferences.theme()}>
            {TITLES[theme]}
          </option>
        )}
      </For>
    </select>
  );
}
