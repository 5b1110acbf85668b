import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { OutlierField, OutliersAnswer } from '../../model/answers-outliers.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { describeField } from './outlier-text.ts';

/** How much was compared, and what was not. */
export function OutlierNotes(props: { answer: OutliersAnswer; path: ChainPath }): JSX.Element {
  const counted = () => props.answer.outliers + props.answer.others;
  const left = () => props.answer.ids.length + props.answer.hidden.length + props.answer.unnamed;
  const unlisted = () => props.answer.overRepresented - props.answer.rows.length;
  return (
    <div class="outlier-notes quiet">
      <p>
        <EvidenceLink
          selection={{ place: { kind: 'node', path: props.path }, count: 'requests' }}
          count={counted()}
        >
          {describeCountOf(counted(), 'request was', 'requests were')}
        </EvidenceLink>{' '}
        counted, all there are: {describeCountOf(props.answer.comparisons, 'comparison')} over the values of{' '}
        {describeCountOf(props.answer.keys, 'attribute')},{' '}
        <strong>{describeCount(props.answer.beyondChance)}</strong> beyond chance after the correction for
        that many.
        <Show when={unlisted() > 0}>
          {' '}
          Of {describeCount(props.answer.overRepresented)} over-represented values the table holds the first{' '}
          {describeCount(props.answer.rows.length)}.
        </Show>
      </p>
      <Show when={left() > 0}>
        <details>
          <summary>Not compared: {describeCountOf(left(), 'attribute')} with too many values</summary>
          <ul>
            <For each={props.answer.ids}>
              {(field) => <li>{describePlace(field)}: its values tell single requests apart</li>}
            </For>
            <For each={props.answer.hidden}>
              {({ field, values }) => (
                <li>
                  {describePlace(field)}: its{' '}
                  {values === 1 ? 'rarest value' : `${describeCount(values)} rarest values`}
                </li>
              )}
            </For>
            <Show when={props.answer.unnamed > 0}>
              <li>and {describeCountOf(props.answer.unnamed, 'more', 'more')}</li>
            </Show>
          </ul>
        </details>
      </Show>
    </div>
  );
}

function describePlace(field: OutlierField): string {
  return field.kind === 'resource' ? `${field.key} (resource)` : describeField(field);
}
