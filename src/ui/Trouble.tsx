import type { JSX } from 'solid-js';
import { useApp } from '../state/app.ts';

/** What the error boundary shows: our own mistake, told plainly, with a way on. */
export function Trouble(props: { error: unknown; retry: () => void }): JSX.Element {
  const app = useApp();
  const message = () => (props.error instanceof Error ? props.error.message : String(props.error));
  return (
    <section class="page" role="alert">
      <h1>Something broke in Headwater</h1>
      <p>Your data is untouched. This is a mistake of the program, not of your files.</p>
      <pre class="trouble">{message()}</pre>
      <p class="actions">
        <button type="button" class="button primary" onClick={() => props.retry()}>
          Try again
        </button>
        <a class="button" href={app.href({ view: 'services' })} onClick={() => queueMicrotask(props.retry)}>
          Go to the services
        </a>
      </p>
    </section>
  );
}
