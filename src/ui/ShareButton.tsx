import type { JSX } from 'solid-js';
import { useApp } from '../state/app.ts';
import { Icon } from './parts/Icon.tsx';

/** Copies the address of exactly what is on screen; the data itself stays here. */
export function ShareButton(): JSX.Element {
  const app = useApp();
  const copy = async () => {
    const link = new URL(app.href({}), window.location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      app.notices.add('done', 'The link is copied. Send the files along.');
    } catch {
      // no permission, or no secure context
      app.notices.add(
        'info',
        'The browser does not let the page copy. The address bar holds the same link.',
        [link],
      );
    }
  };
  return (
    <button
      type="button"
      class="button"
      aria-label="Copy link"
      title="Copy the link to this view"
      onClick={() => void copy()}
    >
      <Icon name="link" />
      <span class="wide-only">Copy link</span>
    </button>
  );
}
