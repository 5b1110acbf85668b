import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { FATES } from '../../model/answers-impact.ts';
import type { Fate, FatesAnswer } from '../../model/answers-impact.ts';
import { describeCount, describeShareOf, nounFor } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { Term } from '../parts/Defined.tsx';
import { FATE_TEXTS } from './fate-text.ts';

/** Every failure with exactly one fate: they add up, written out and drawn. */
export function FateLedger(props: { answer: FatesAnswer }): JSX.Element {
  const present = () => FATES.filter((fate) => props.answer.counts[fate] > 0);
  const sum = () => FATES.reduce((total, fate) => total + props.answer.counts[fate], 0);
  return (
    <section aria-label="Fates of the failures">
      <p class="equation fate-equation">
        <span class="term">
          <strong>
            <EvidenceLink
              selection={{
                place: { kind: 'node', path: [props.answer.target.service] },
                count: 'failedCalls',
              }}
              count={props.answer.failures}
            >
              {describeCount(props.answer.failures)}
            </EvidenceLink>
          </strong>{' '}
          <span>{nounFor(props.answer.failures, 'failure')}</span>
        </span>
        <For each={FATES}>
          {(fate, at) => (
            <>
              <span class="sign">
                <span aria-hidden="true">{at() === 0 ? '=' : '+'}</span>
                <span class="visually-hidden"> {at() === 0 ? 'equals' : 'plus'} </span>
              </span>
              <FateTerm answer={props.answer} fate={fate} />
            </>
          )}
        </For>
      </p>
      <Show when={sum() !== props.answer.failures}>
        <p class="form-problem" role="alert">
          These do not add up: a mistake of Headwater. {describeCount(sum())} instead of{' '}
          {describeCount(props.answer.failures)}.
        </p>
      </Show>
      <Show when={props.answer.failures > 0}>
        <div class="fate-bar" aria-hidden="true">
          <For each={present()}>
            {(fate) => (
              <span
                class={`fate-part fate-${fate}`}
                style={{ width: `${(props.answer.counts[fate] / props.answer.failures) * 100}%` }}
              />
            )}
          </For>
        </div>
      </Show>
    </section>
  );
}

function FateTerm(props: { answer: FatesAnswer; fate: Fate }): JSX.Element {
  const count = () => props.answer.counts[props.fate];
  const text = () => FATE_TEXTS[props.fate];
  return (
    <span class="term">
      <strong>
        <EvidenceLink
          selection={{
            place: { kind: 'node', path: [props.answer.target.service] },
            count: 'failedCalls',
            fate: { fate: props.fate },
          }}
          count={count()}
        >
          {describeCount(count())}
        </EvidenceLink>
      </strong>{' '}
      <span>
        <span class={`legend-mark fate-${props.fate}`} aria-hidden="true" />{' '}
        <Term text={text().definition}>{text().term}</Term>
        <Show when={count() > 0}> ({describeShareOf(count(), props.answer.failures)})</Show>
      </span>
    </span>
  );
}
