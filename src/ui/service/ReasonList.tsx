import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath, ReasonRow } from '../../model/answers.ts';
import { describeCountOf, describeShareOf } from '../../util/text.ts';
import { NarrowTo } from '../filter/NarrowTo.tsx';
import { textIs } from '../filter/narrow.ts';
import { BreakableText } from '../parts/BreakableText.tsx';
import { Count } from '../parts/Count.tsx';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';

/** Reasons shown at first. */
const FEW = 10;

export interface ReasonListProps {
  readonly reasons: readonly ReasonRow[];
  readonly failedRequests: number;
  /** The step whose requests failed: the target service first. */
  readonly path: ChainPath;
}

/** Why requests failed, most frequent first; the count opens the requests. */
export function ReasonList(props: ReasonListProps): JSX.Element {
  return (
    <Show when={props.reasons.length > 0} fallback={<p class="quiet">No request failed.</p>}>
      <Reasons
        reasons={props.reasons.slice(0, FEW)}
        failedRequests={props.failedRequests}
        path={props.path}
      />
      <Show when={props.reasons.length > FEW}>
        <details>
          <summary>{`${describeCountOf(props.reasons.length - FEW, 'more reason')}`}</summary>
          <Reasons
            reasons={props.reasons.slice(FEW)}
            failedRequests={props.failedRequests}
            path={props.path}
          />
        </details>
      </Show>
    </Show>
  );
}

function Reasons(props: ReasonListProps): JSX.Element {
  return (
    <ul class="reasons">
      <For each={props.reasons}>
        {(row) => (
          <li>
            <span class="reason-text" title={row.reason}>
              <BreakableText text={row.reason} />
            </span>
            <span class="reason-count">
              <EvidenceLink
                selection={{
                  place: { kind: 'node', path: props.path },
                  count: 'failedRequests',
                  reason: row.reason,
                }}
                count={row.failedRequests}
              >
                <Count row={row} of="failedRequests" />
                {row.failedRequests === 1 ? '\u00a0request' : '\u00a0requests'}
              </EvidenceLink>{' '}
              ({describeShareOf(row.failedRequests, props.failedRequests)})
              <NarrowTo path={props.path} condition={textIs('request:reason', row.reason)} />
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}
