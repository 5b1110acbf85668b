import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { RetriesAnswer } from '../../model/answers-calls.ts';
import type { OPERATIONS } from '../../model/answers-evidence.ts';
import { describeCountOf } from '../../util/text.ts';
import { DEFINITIONS } from '../definitions.ts';
import { CallCount, CallTable } from './CallCounts.tsx';

const COUNTS = [
  ['operations', 'Operations', DEFINITIONS.operations],
  ['attempts', 'Attempts', DEFINITIONS.attempts],
  ['retried', 'Retried', DEFINITIONS.retried],
  ['recovered', 'Recovered', DEFINITIONS.recovered],
  ['exhausted', 'Exhausted', DEFINITIONS.exhausted],
  ['notRetried', 'Failed once', DEFINITIONS.notRetried],
] as const;

interface PanelProps {
  readonly answer: RetriesAnswer;
}

/** Attempts per operation: what callers tried again, and whether it helped. */
export function RetriesPanel(props: PanelProps): JSX.Element {
  return (
    <>
      <p>
        <Show
          when={props.answer.retried > 0}
          fallback={
            <Show when={props.answer.operations > 0} fallback="No operation is known.">
              Of <Operations {...props} /> none was retried; <Count {...props} of="notRetried" /> failed at
              the only attempt.
            </Show>
          }
        >
          Of <Operations {...props} /> <Count {...props} of="retried" />{' '}
          {props.answer.retried === 1 ? 'was' : 'were'} retried: <Count {...props} of="recovered" />{' '}
          recovered, <Count {...props} of="exhausted" /> failed to the end.
          <Show when={props.answer.notRetried > 0}>
            {' '}
            Another <Count {...props} of="notRetried" /> failed at the only attempt.
          </Show>
        </Show>
        <Show when={props.answer.withoutCaller > 0}>
          {' '}
          <Count
            {...props}
            of="withoutCaller"
            text={describeCountOf(props.answer.withoutCaller, 'request begins', 'requests begin')}
          />{' '}
          a chain: no caller is known to have tried {props.answer.withoutCaller === 1 ? 'it' : 'them'}.
        </Show>
      </p>
      {/* rows of zeros tell nothing more */}
      <Show when={props.answer.retried > 0 || props.answer.notRetried > 0}>
        <CallTable
          label="Attempts by caller and endpoint"
          target={props.answer.target}
          rows={props.answer.rows}
          counts={COUNTS}
          first="retried"
          // every request with a caller is an attempt
          asked={(operation) => (operation === 'attempts' ? {} : { operation })}
        />
      </Show>
    </>
  );
}

function Count(props: PanelProps & { of: (typeof OPERATIONS)[number]; text?: string }): JSX.Element {
  return (
    <CallCount
      target={props.answer.target}
      asked={{ operation: props.of }}
      count={props.answer[props.of]}
      {...(props.text === undefined ? {} : { text: props.text })}
    />
  );
}

function Operations(props: PanelProps): JSX.Element {
  return <Count {...props} of="operations" text={describeCountOf(props.answer.operations, 'operation')} />;
}
