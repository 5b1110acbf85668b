import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Sampled } from '../../model/answers-spans.ts';
import { DEFINITIONS } from '../definitions.ts';
import { Term } from '../parts/Defined.tsx';
import { describeCount, describeCountOf } from '../../util/text.ts';

/** Says where not all requests were looked at. */
export function SampleNote(props: { sampled: Sampled; what: string }): JSX.Element {
  const all = () =>
    props.sampled.requests === 1
      ? 'the one request'
      : `all ${describeCountOf(props.sampled.requests, 'request')}`;
  return (
    <p class="quiet">
      <Show
        when={props.sampled.looked < props.sampled.requests}
        fallback={
          <>
            From {all()} {props.what}.
          </>
        }
      >
        From {describeCount(props.sampled.looked)} of {describeCountOf(props.sampled.requests, 'request')}{' '}
        {props.what}, <Term text={DEFINITIONS.sample}>evenly spread</Term>; the counts are those of this part.
      </Show>
    </p>
  );
}
