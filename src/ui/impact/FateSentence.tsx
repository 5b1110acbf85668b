import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import type { FatesAnswer, SentencePart } from '../../model/answers-impact.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';

/** "41 of 43 failures were absorbed by BookingService; 2 reached the user action Book now." */
export function FateSentence(props: { answer: FatesAnswer }): JSX.Element {
  const behind = (counts: NonNullable<SentencePart['counts']>): EvidenceSelection => ({
    place: { kind: 'node', path: [props.answer.target.service] },
    count: 'failedCalls',
    ...(counts === 'all' ? {} : { fate: counts }),
  });
  return (
    <p class="fate-sentence">
      <For each={props.answer.sentence}>
        {({ text, names, counts }) => (
          <Show
            when={counts}
            fallback={
              <Show when={names} fallback={text}>
                <span class={`named-${names}`}>{text}</span>
              </Show>
            }
          >
            {(counted) => (
              <EvidenceLink selection={behind(counted())} count={props.answer.failures}>
                {text}
              </EvidenceLink>
            )}
          </Show>
        )}
      </For>
    </p>
  );
}
