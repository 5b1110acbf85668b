import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { describeCount, describeShareOf } from '../../util/text.ts';
import { Icon } from './Icon.tsx';

/** Failure rate as text with a sign that is not only colour: an icon wherever something failed. */
export function FailureRate(props: { failed: number; of: number }): JSX.Element {
  const title = () => `${describeCount(props.failed)} of ${describeCount(props.of)} failed`;
  return (
    <span class="failure-rate" classList={{ 'has-failures': props.failed > 0 }} title={title()}>
      <Show when={props.failed > 0}>
        <Icon name="failure" />
      </Show>
      {describeShareOf(props.failed, props.of)}
    </span>
  );
}
