import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';
import { Icon } from '../parts/Icon.tsx';

/** Above the figures of data whose spans do not all say how long they took: what 0 ms means there. */
export function DurationNote(): JSX.Element {
  const app = useApp();
  const without = () => app.dataset()?.counts.spansWithoutDuration ?? 0;
  const spans = () => app.dataset()?.counts.spans ?? 0;
  const some = () => {
    const [bear, count] = without() === 1 ? ['bears', 'it counts'] : ['bear', 'they count'];
    return `${describeCount(without())} of ${describeCountOf(spans(), 'span')} ${bear} neither an end nor a duration: ${count} as 0 ms.`;
  };
  return (
    <Show when={without() > 0}>
      <Show when={without() === spans()} fallback={<p class="duration-note quiet">{some()}</p>}>
        <p class="duration-note note">
          <Icon name="info" />
          The spans of this data bear neither an end nor a duration: response times are 0 ms throughout and
          tell nothing.
        </p>
      </Show>
    </Show>
  );
}
