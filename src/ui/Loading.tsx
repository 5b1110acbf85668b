import { onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../state/app.ts';

/** In place of a screen whose code is on its way; busy as long as it is shown. */
export function Loading(): JSX.Element {
  onCleanup(useApp().beginWork());
  return <p class="quiet page-pad">Loading …</p>;
}
