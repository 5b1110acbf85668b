import { Show, createEffect, createMemo, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';
import { otherParams } from '../../link/other-side.ts';
import type { BacktraceAnswer } from '../../model/answers.ts';
import type { CompareAnswer } from '../../model/answers-compare.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { AnswerPanel } from '../parts/AnswerPanel.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ChainChanges } from './ChainChanges.tsx';
import { CompareViews } from './CompareViews.tsx';
import { otherDataOf } from './other-data.ts';
import { SideLink } from './SideLink.tsx';
import { SideChooser } from './SideChooser.tsx';
import './compare.css';

/** The backtrace of this view beside another one: what differs, beyond chance or not. */
export function CompareTab(props: { backtrace: BacktraceAnswer }): JSX.Element {
  const app = useApp();
  const data = createMemo(() => otherDataOf(app.view(), app.dataset(), app.datasets.list()));
  const second = createMemo(() => {
    const of = data();
    return of.kind === 'stored' ? of.dataset.id : null;
  });
  createEffect(() => {
    const id = second();
    if (id !== null) onCleanup(() => void app.client.closeSecond(id));
  });
  const compared = () => app.view().other !== null && data().kind !== 'missing';
  const answer = createAnswer('compare', () => {
    const side = app.view().other;
    if (side === null || !compared()) return null;
    const { target } = props.backtrace;
    const other = { ...otherParams(side, target, app.filter()), dataset: second() };
    return { target, filter: app.filter(), other };
  });
  return (
    <>
      <SideChooser target={props.backtrace.target} data={data()} answered={answer.latest()?.b} />
      <Show when={compared()}>
        <AnswerPanel title="What differs" answer={answer} pending="Comparing …">
          {(latest) => <Differences answer={latest()} />}
        </AnswerPanel>
      </Show>
    </>
  );
}

function Differences(props: { answer: CompareAnswer }): JSX.Element {
  const requests = (side: 'a' | 'b') => (
    <SideLink answer={props.answer} side={side} count={props.answer[side].requests}>
      {describeCountOf(props.answer[side].requests, 'request')}
    </SideLink>
  );
  const empty = () => (props.answer.a.requests === 0 ? 'A' : 'B');
  return (
    <Show
      when={props.answer.a.requests > 0 && props.answer.b.requests > 0}
      fallback={
        <p class="quiet">
          {props.answer.b.found || empty() === 'A'
            ? `Side ${empty()} has no request: there is nothing to compare.`
            : `The data of side B holds no service ${props.answer.b.target.service.name}.`}
        </p>
      }
    >
      <p class="quiet">
        A: {requests('a')}; B: {requests('b')}. What is marked is beyond chance: of the marked differences of
        a column, no more than about one in twenty is expected to be chance.
      </p>
      <Show when={(props.answer.overlap ?? 0) > 0}>
        <p class="note">
          <Icon name="info" />
          <span>
            <EvidenceLink
              selection={{
                place: { kind: 'node', path: [props.answer.a.target.service] },
                count: 'calls',
                side: 'both',
              }}
              count={props.answer.overlap ?? 0}
            >
              {describeCountOf(props.answer.overlap ?? 0, 'request is', 'requests are')}
            </EvidenceLink>{' '}
            on both sides: differences are then marked less often than they should be.
          </span>
        </p>
      </Show>
      <CompareViews answer={props.answer} />
      <h3>Chains that appeared or vanished</h3>
      <ChainChanges answer={props.answer} />
    </Show>
  );
}
