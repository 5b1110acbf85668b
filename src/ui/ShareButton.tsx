import type { JSX } from 'solid-js';
import { useApp } from '../state/app.ts';
import { copyLink } from './parts/copy-link.ts';
import { Icon } from './parts/Icon.tsx';

/** Copies the address of exactly what is on screen; the data itself stays here. */
export function ShareButton(): JSX.Element {
  const app = useApp();
  return (
    <button
      type="button"
      class="button"
      aria-label="Copy link"
      title="Copy the link to this view"
      onClick={() => void copyLink(app)}
    >
      <Icon name="link" />
      <span class="wide-only">Copy link</span>
    </button>
  );
}
