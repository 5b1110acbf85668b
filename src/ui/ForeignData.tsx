import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { LinkData } from '../link/view-state.ts';
import { useApp } from '../state/app.ts';
import { describeFiles } from './describe-link.ts';
import { Icon } from './parts/Icon.tsx';

/** The link was made with other data than is open: says so; what still applies is shown below. */
export function ForeignData(props: { data: LinkData }): JSX.Element {
  const app = useApp();
  return (
    <aside class="banner" aria-label="Other data">
      <Icon name="info" />
      <p>
        This link was made with other data ({describeFiles(props.data)}). Shown is what of it applies to{' '}
        <strong>{app.dataset()?.name}</strong>
        <Show when={props.data.files.length > 0}>; drop those files to see what the link means</Show>.
      </p>
      <button type="button" class="button" onClick={() => app.navigate({}, 'replace')}>
        Keep this data
      </button>
    </aside>
  );
}
