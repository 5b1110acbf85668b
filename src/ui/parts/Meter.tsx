import type { JSX } from 'solid-js';
import { describeShare } from '../../util/text.ts';

/** A share as text over a bar of that length. */
export function Meter(props: { share: number }): JSX.Element {
  const width = () => `${Math.max(0, Math.min(1, props.share)) * 100}%`;
  return (
    <span class="meter">
      <span class="meter-bar" aria-hidden="true">
        <span class="meter-fill" style={{ width: width() }} />
      </span>
      <span class="meter-text">{describeShare(props.share)}</span>
    </span>
  );
}
