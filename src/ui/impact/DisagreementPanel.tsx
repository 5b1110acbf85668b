import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { DisagreementAnswer } from '../../model/answers-calls.ts';
import { describeCountOf } from '../../util/text.ts';
import { DEFINITIONS } from '../definitions.ts';
import { CallCount, CallTable } from './CallCounts.tsx';

const COUNTS = [
  ['callerOnly', 'Failed to the caller only', DEFINITIONS.callerOnly],
  ['callerOnlyBy4xx', '… by HTTP 4xx', DEFINITIONS.callerOnlyBy4xx],
  ['serviceOnly', 'Failed to the service only', DEFINITIONS.serviceOnly],
  ['bothFailed', 'Failed to both', DEFINITIONS.bothAgree],
  ['bothFine', 'Fine to both', DEFINITIONS.bothAgree],
] as const;

interface PanelProps {
  readonly answer: DisagreementAnswer;
}

/** Where the two sides of a call see it differently. */
export function DisagreementPanel(props: PanelProps): JSX.Element {
  const agreed = () => props.answer.bothFine + props.answer.bothFailed;
  return (
    <>
      <p>
        <Count {...props} of="callerOnly" /> failed to the caller only, <Count {...props} of="serviceOnly" />{' '}
        to the service only; both agree on{' '}
        <CallCount
          target={props.answer.target}
          asked={{ agreement: 'agreed' }}
          count={agreed()}
          text={describeCountOf(agreed(), 'request')}
        />
        .
        <Show when={props.answer.withoutView > 0}>
          {' '}
          <Count {...props} of="withoutView" /> {props.answer.withoutView === 1 ? 'was' : 'were'} called
          without a client span, so only the service’s view is known.
        </Show>
      </p>
      <Show when={props.answer.rows.length > 0}>
        <CallTable
          label="Disagreement by caller and endpoint"
          target={props.answer.target}
          rows={props.answer.rows}
          counts={COUNTS}
          first="callerOnly"
          asked={(agreement) => ({ agreement })}
        />
      </Show>
    </>
  );
}

function Count(props: PanelProps & { of: 'callerOnly' | 'serviceOnly' | 'withoutView' }): JSX.Element {
  return (
    <CallCount target={props.answer.target} asked={{ agreement: props.of }} count={props.answer[props.of]} />
  );
}
