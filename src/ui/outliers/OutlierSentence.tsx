import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { OutliersAnswer } from '../../model/answers-outliers.ts';
import { describeCountOf, describeShareOf } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { sideEvidence } from './outlier-evidence.ts';
import { describePair, SET_NAMES } from './outlier-text.ts';

/** `The slowest 5 % of cart: 83 % have db.name = orders, against 12 % of the others.` */
export function OutlierSentence(props: {
  answer: OutliersAnswer;
  /** Whose requests. */
  name: string;
  path: ChainPath;
}): JSX.Element {
  const first = () => (props.answer.beyondChance > 0 ? props.answer.rows[0] : undefined);
  const subject = () => (
    <EvidenceLink selection={sideEvidence(props.path, props.answer, 'inside')} count={props.answer.outliers}>
      {SET_NAMES[props.answer.set]}
    </EvidenceLink>
  );
  const service = () => <span class="named-service">{props.name}</span>;
  return (
    <p class="fate-sentence">
      <Show
        when={first()}
        fallback={
          <>
            Nothing sets the {subject()} of {service()} apart beyond chance.
          </>
        }
      >
        {(row) => (
          <>
            The {subject()} of {service()}: {describeShareOf(row().inside, props.answer.outliers)} have{' '}
            <span class="named-endpoint">{describePair(row())}</span>, against{' '}
            {row().outside === 0 ? 'none' : describeShareOf(row().outside, props.answer.others)} of the{' '}
            <EvidenceLink
              selection={sideEvidence(props.path, props.answer, 'outside')}
              count={props.answer.others}
            >
              {describeCountOf(props.answer.others, 'other')}
            </EvidenceLink>
            .
          </>
        )}
      </Show>
    </p>
  );
}
