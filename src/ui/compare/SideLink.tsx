import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { CompareAnswer } from '../../model/answers-compare.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';

export interface SideLinkProps {
  readonly answer: CompareAnswer;
  readonly side: 'a' | 'b';
  /** Whose calls are counted: all, or those whose chains end at this node. */
  readonly endsAt?: ChainPath;
  readonly count: number;
  readonly children: JSX.Element;
}

/** A number of target requests of one side, which it opens. */
export function SideLink(props: SideLinkProps): JSX.Element {
  const selection = (): EvidenceSelection => ({
    place: { kind: 'node', path: props.endsAt ?? [props.answer.a.target.service] },
    count: 'calls',
    ...(props.side === 'b' && { side: props.side }),
    ...(props.endsAt && { end: 'any' }),
  });
  return (
    <EvidenceLink selection={selection()} count={props.count}>
      {props.children}
    </EvidenceLink>
  );
}
