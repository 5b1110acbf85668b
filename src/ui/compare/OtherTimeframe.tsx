import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import type { OtherSide } from '../../link/other-side.ts';
import type { DataRange } from '../../model/answers.ts';
import { closeTimeframe, fromLocalInput, toLocalInput } from '../filter/timeframes.ts';

export interface OtherTimeframeProps {
  readonly range: DataRange;
  readonly side: OtherSide | null;
  readonly onChange: (from: bigint, to: bigint) => void;
}

/** Exact from and to of side B in the local zone. */
export function OtherTimeframe(props: OtherTimeframeProps): JSX.Element {
  const [problem, setProblem] = createSignal('');
  let fromInput!: HTMLInputElement;
  let toInput!: HTMLInputElement;
  const shown = () => closeTimeframe(props.side ?? { from: null, to: null }, props.range);
  const apply = () => {
    const from = fromLocalInput(fromInput.value);
    const to = fromLocalInput(toInput.value);
    const wrong = from === null || to === null || from >= to;
    setProblem(wrong ? 'Give a start that lies before the end.' : '');
    if (from !== null && to !== null && !wrong) props.onChange(from, to);
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
        B from
        <input type="datetime-local" step="0.001" value={toLocalInput(shown().from)} ref={fromInput} />
      </label>
      <label>
        B to (not included)
        <input type="datetime-local" step="0.001" value={toLocalInput(shown().to)} ref={toInput} />
      </label>
      <button type="submit" class="button">
        Compare with this time
      </button>
      <Show when={problem() !== ''}>
        <p class="form-problem" role="alert">
          {problem()}
        </p>
      </Show>
    </form>
  );
}
