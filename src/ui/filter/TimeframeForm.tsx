import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import type { DataRange } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { closeTimeframe, fromLocalInput, toLocalInput } from './timeframes.ts';

/** Exact from and to in the local zone. A side that is not touched keeps its nanoseconds. */
export function TimeframeForm(props: { range: DataRange; onDone: () => void }): JSX.Element {
  const app = useApp();
  const [problem, setProblem] = createSignal('');
  let fromInput: HTMLInputElement | undefined;
  let toInput: HTMLInputElement | undefined;
  const shown = () => closeTimeframe(app.filter().timeframe, props.range);

  // browsers rewrite what they are given (`…:00.000` loses its zeros), so texts cannot be compared
  const read = (input: HTMLInputElement | undefined, current: bigint) => {
    const typed = fromLocalInput(input?.value ?? '');
    return typed === fromLocalInput(toLocalInput(current)) ? current : typed;
  };
  const apply = () => {
    const from = read(fromInput, shown().from);
    const to = read(toInput, shown().to);
    setProblem(problemOf(from, to));
    if (from === null || to === null || problem() !== '') return;
    // the whole data, with its requests without a time, stays whole; `last` stays at the end of the data
    const changed = from !== shown().from || to !== shown().to;
    if (changed) app.navigate({ from, to, last: null }, 'push');
    props.onDone();
  };

  return (
    <form
      class="timeframe-form"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <label>
        From
        <input
          type="datetime-local"
          step="0.001"
          value={toLocalInput(shown().from)}
          ref={(element) => (fromInput = element)}
        />
      </label>
      <label>
        To (not included)
        <input
          type="datetime-local"
          step="0.001"
          value={toLocalInput(shown().to)}
          ref={(element) => (toInput = element)}
        />
      </label>
      <button type="submit" class="button primary">
        Apply
      </button>
      <Show when={problem() !== ''}>
        <p class="form-problem" role="alert">
          {problem()}
        </p>
      </Show>
    </form>
  );
}

function problemOf(from: bigint | null, to: bigint | null): string {
  if (from === null || to === null) return 'Give both a date and a time.';
  return from < to ? '' : 'The start must lie before the end.';
}
