import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { otherParams } from '../../link/other-side.ts';
import type { BacktraceAnswer } from '../../model/answers.ts';
import type { CompareAnswer } from '../../model/answers-compare.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';
import { AnswerPanel } from '../parts/AnswerPanel.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ChainChanges } from './ChainChanges.tsx';
import { CompareTree } from './CompareTree.tsx';
import { SideChooser } from './SideChooser.tsx';
import './compare.css';

/** The backtrace of this view beside another one: what differs, beyond chance or not. */
export function CompareTab(props: { backtrace: BacktraceAnswer }): JSX.Element {
  const app = useApp();
  const answer = createAnswer('compare', () => {
    const side = app.view().other;
    if (side === null) return null;
    const { target } = props.backtrace;
    return { target, filter: app.filter(), other: otherParams(side, target, app.filter()) };
  });
  return (
    <>
      <SideChooser target={props.backtrace.target} />
      <Show when={app.view().other !== null}>
        <AnswerPanel title="What differs" answer={answer} pending="Comparing …">
          {(latest) => <Differences answer={latest()} />}
        </AnswerPanel>
      </Show>
    </>
  );
}

function Differences(props: { answer: CompareAnswer }): JSX.Element {
  return (
    <Show
      when={props.answer.a.requests > 0 && props.answer.b.requests > 0}
      fallback={
        <p class="quiet">
          Side {props.answer.a.requests === 0 ? 'A' : 'B'} has no request: there is nothing to compare.
        </p>
      }
    >
      <p class="quiet">
        A: {describeCountOf(props.answer.a.requests, 'request')}; B:{' '}
        {describeCountOf(props.answer.b.requests, 'request')}. A difference is marked only where chance alone
        would bring so great a one in less than 5 % of the cases, all steps taken together.
      </p>
      <Show when={(props.answer.overlap ?? 0) > 0}>
        <p class="note">
          <Icon name="info" />
          {describeCount(props.answer.overlap ?? 0)} requests are on both sides: differences are then marked
          less often than they should be.
        </p>
      </Show>
      <CompareTree root={props.answer.root} />
      <h3>Chains that appeared or vanished</h3>
      <ChainChanges rows={props.answer.chains} />
    </Show>
  );
}
