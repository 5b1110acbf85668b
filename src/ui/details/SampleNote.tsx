import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Sampled } from '../../model/answers-spans.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';

/** Says where not all requests were looked at. */
export function SampleNote(props: { sampled: Sampled; what: string }): JSX.Element {
  return (
    <p
      class="quiet"
      title="The spans of more requests than can be read in a moment are looked at in an evenly spread part."
    >
      <Show
        when={props.sampled.looked < props.sampled.requests}
        fallback={
          <>
            From all {describeCountOf(props.sampled.requests, 'request')} {props.what}.
          </>
        }
      >
        From {describeCount(props.sampled.looked)} of {describeCountOf(props.sampled.requests, 'request')}{' '}
        {props.what}, evenly spread; the counts are those of this part.
      </Show>
    </p>
  );
}
