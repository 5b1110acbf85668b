import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { DatasetCounts } from '../../model/dataset.ts';
import { describeCount, nounFor } from '../../util/text.ts';

/** records = spans + duplicates + rejected, written out. */
export function Equation(props: { counts: DatasetCounts }): JSX.Element {
  const sum = () => props.counts.spans + props.counts.duplicates + props.counts.rejected;
  return (
    <section class="card" aria-label="Totals">
      <p class="equation">
        <Term value={props.counts.records} title={`${nounFor(props.counts.records, 'record')} read`} />
        <Sign text="=" word="equals" />
        <Term value={props.counts.spans} title={nounFor(props.counts.spans, 'span')} />
        <Sign text="+" word="plus" />
        <Term value={props.counts.duplicates} title={nounFor(props.counts.duplicates, 'duplicate')} />
        <Sign text="+" word="plus" />
        <Term value={props.counts.rejected} title="rejected" problem={props.counts.rejected > 0} />
      </p>
      <Show when={sum() !== props.counts.records}>
        <p class="form-problem" role="alert">
          These do not add up: a mistake of Headwater. {describeCount(sum())} instead of{' '}
          {describeCount(props.counts.records)}.
        </p>
      </Show>
    </section>
  );
}

function Term(props: { value: number; title: string; problem?: boolean }): JSX.Element {
  return (
    <span class="term" classList={{ problem: props.problem === true }}>
      <strong>{describeCount(props.value)}</strong> <span>{props.title}</span>
    </span>
  );
}

function Sign(props: { text: string; word: string }): JSX.Element {
  return (
    <span class="sign">
      <span aria-hidden="true">{props.text}</span>
      <span class="visually-hidden"> {props.word} </span>
    </span>
  );
}
