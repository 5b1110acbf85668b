import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BacktraceAnswer } from '../../model/answers.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { countedInData } from '../parts/estimates.ts';
import { Icon } from '../parts/Icon.tsx';
import type { IconName } from '../parts/Icon.tsx';
import { describeVerdict } from './verdict-text.ts';
import type { Sentence, VerdictText } from './verdict-text.ts';

const ICONS: Readonly<Record<VerdictText['tone'], IconName>> = {
  good: 'check',
  mixed: 'failure',
  bad: 'failure',
  open: 'info',
};

/** What became of the failures, in words with its numbers. */
export function VerdictPanel(props: { answer: BacktraceAnswer }): JSX.Element {
  const text = () => describeVerdict({ ...props.answer, root: countedInData(props.answer.root) });
  return (
    <section class={`verdict verdict-${text().tone}`} aria-label="Verdict">
      <p class="verdict-headline">
        <Icon name={ICONS[text().tone]} />
        {text().headline}
      </p>
      <p class="verdict-words">
        <For each={text().sentences}>{(sentence) => <Words of={sentence} />}</For>
        <Show when={props.answer.root.inData}>
          <span>Counted in the data, not extrapolated.</span>
        </Show>
      </p>
    </section>
  );
}

function Words(props: { of: Sentence }): JSX.Element {
  return (
    <span>
      <For each={props.of}>
        {(part) =>
          typeof part === 'string' ? (
            part
          ) : (
            <EvidenceLink selection={part.opens} count={part.count}>
              {part.text}
            </EvidenceLink>
          )
        }
      </For>{' '}
    </span>
  );
}
