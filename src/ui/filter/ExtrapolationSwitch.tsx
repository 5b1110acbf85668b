import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';

/** Estimates of the whole instead of counts, where the data says how many its spans stand for. */
export function ExtrapolationSwitch(): JSX.Element {
  const app = useApp();
  const answer = createAnswer('sampling', () => ({}));
  return (
    <Show when={answer.latest()?.weighted ? answer.latest() : undefined}>
      {(sampling) => (
        <label
          class="check"
          title={`The data was sampled: its ${describeCountOf(sampling().requests, 'request stands', 'requests stand')} for about ${describeCount(sampling().estimate)}. Extrapolated counts are estimates of all.`}
        >
          <input
            type="checkbox"
            checked={app.view().extrapolated}
            onChange={(event) => app.navigate({ extrapolated: event.currentTarget.checked }, 'push')}
          />
          Extrapolated
        </label>
      )}
    </Show>
  );
}
