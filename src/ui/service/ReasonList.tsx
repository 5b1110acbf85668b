import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ReasonRow } from '../../model/answers.ts';
import { describeCountOf, describeShareOf } from '../../util/text.ts';

/** Reasons shown at first. */
const FEW = 10;

/** Why requests failed, most frequent first. */
export function ReasonList(props: { reasons: readonly ReasonRow[]; failedRequests: number }): JSX.Element {
  return (
    <Show when={props.reasons.length > 0} fallback={<p class="quiet">No request failed.</p>}>
      <Reasons reasons={props.reasons.slice(0, FEW)} failedRequests={props.failedRequests} />
      <Show when={props.reasons.length > FEW}>
        <details>
          <summary>{`${describeCountOf(props.reasons.length - FEW, 'more reason')}`}</summary>
          <Reasons reasons={props.reasons.slice(FEW)} failedRequests={props.failedRequests} />
        </details>
      </Show>
    </Show>
  );
}

function Reasons(props: { reasons: readonly ReasonRow[]; failedRequests: number }): JSX.Element {
  return (
    <ul class="reasons">
      <For each={props.reasons}>
        {(row) => (
          <li>
            <span class="reason-text" title={row.reason}>
              {row.reason}
            </span>
            <span class="reason-count">
              {describeCountOf(row.failedRequests, 'request')} (
              {describeShareOf(row.failedRequests, props.failedRequests)})
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}
