import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';
import { Icon } from '../parts/Icon.tsx';

/** Above the figures of data whose spans do not all say how long they took: what 0 ms means there. */
export function DurationNote(): JSX.Element {
  const app = useApp();
  const words = () => {
    const { spans, spansWithoutDuration = 0 } = app.dataset()?.counts ?? { spans: 0 };
    if (spansWithoutDuration === 0) return null;
    return spansWithoutDuration === spans
      ? 'The spans of this data bear neither an end nor a duration: response times are 0 ms throughout and tell nothing.'
      : `${describeCount(spansWithoutDuration)} of ${describeCountOf(spans, 'span')} bear neither an end nor a duration: they count as 0 ms.`;
  };
  return (
    <Show when={words()}>
      {(told) => (
        <p class="note duration-note">
          <Icon name="info" />
          {told()}
        </p>
      )}
    </Show>
  );
}
