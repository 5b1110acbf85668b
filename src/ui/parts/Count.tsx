import type { JSX } from 'solid-js';
import type { InData } from '../../model/answers.ts';
import { describeInData } from './estimates.ts';
import { describeCounted } from '../../util/text.ts';

type Counted<Name extends keyof InData> = { readonly [key in Name]: number } & { readonly inData?: InData };

/** A count; pointed at, an estimate says what is in the data. */
export function Count<Name extends keyof InData>(props: { row: Counted<Name>; of: Name }): JSX.Element {
  return (
    <span title={describeInData(props.row, props.of)}>{describeCounted(props.row[props.of], props.row)}</span>
  );
}
