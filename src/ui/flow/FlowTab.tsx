import { Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BacktraceAnswer } from '../../model/answers.ts';
import type { FlowAnswer } from '../../model/answers-flow.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import { reportLostSteps } from '../backtrace/report-lost-steps.ts';
import { SubjectChoice, subjectPath } from '../backtrace/Subject.tsx';
import { pathOf, rowOf } from '../backtrace/tree-index.ts';
import { expandedPaths, openRowsOf, withRevealed } from '../backtrace/visible-rows.ts';
import type { OpenRows } from '../backtrace/visible-rows.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { AnswerTrouble } from '../service/AnswerStates.tsx';
import { evidenceAt } from './flow-figures.ts';
import { indexFlow } from './flow-tree.ts';
import { FlowDetails } from './FlowDetails.tsx';
import { FlowPicture } from './FlowPicture.tsx';
import { FlowTable } from './FlowTable.tsx';
import { nameOfServices } from '../../model/service.ts';
import './flow.css';

/** Cards that the picture opens with, at most. */
const OPENING_CARDS = 25;

/** What the target's requests, or those of the selected caller, call: downwards. */
export function FlowTab(props: { backtrace: BacktraceAnswer }): JSX.Element {
  const app = useApp();
  const answer = createAnswer('flow', () => ({
    target: props.backtrace.target,
    filter: app.filter(),
    path: subjectPath(app, props.backtrace),
  }));
  return (
    <div class="flow-tab" classList={{ stale: answer.loading() }}>
      <SubjectChoice backtrace={props.backtrace} />
      <AnswerTrouble error={answer.error()} />
      <Show
        when={answer.latest()}
        fallback={
          <Show when={answer.error() === null}>
            <p class="quiet panel-pending">Following the calls …</p>
          </Show>
        }
      >
        {(latest) => (
          <Show
            when={latest().found}
            fallback={<p class="empty-state">No request of the backtrace came this way.</p>}
          >
            <Flow answer={latest()} />
          </Show>
        )}
      </Show>
    </div>
  );
}

function Flow(props: { answer: FlowAnswer }): JSX.Element {
  const app = useApp();
  const index = createMemo(() => indexFlow(props.answer.nodes));
  reportLostSteps(index, { selected: 'flow', opened: 'flowOpen' });
  const selected = createMemo(() => Math.max(0, rowOf(index(), app.view().flow)));
  const open = createMemo((): OpenRows => {
    const rows = openRowsOf(index(), app.view().flowOpen, OPENING_CARDS);
    return app.view().flowOpen === null ? withRevealed(index(), rows, selected()) : rows;
  });
  const setOpen = (rows: OpenRows) => app.navigate({ flowOpen: expandedPaths(index(), rows) }, 'replace');
  const select = (row: number) => {
    const revealed = withRevealed(index(), open(), row);
    const more = revealed === open() ? {} : { flowOpen: expandedPaths(index(), revealed) };
    app.navigate({ flow: row === 0 ? null : pathOf(index(), row), ...more }, 'replace');
  };
  const root = () => props.answer.nodes[0];
  return (
    <>
      <p class="flow-sentence">
        What{' '}
        <EvidenceLink
          selection={evidenceAt({ path: props.answer.path, down: [root().service] }, { count: 'requests' })}
          count={root().calls}
        >
          {describeCountOf(root().calls, 'request')}
        </EvidenceLink>{' '}
        of <strong>{nameOfServices(root())}</strong>
        <Show when={props.answer.path.length > 1}>
          {' '}
          that led to the requests of <strong>{nameOfServices(props.answer.target)}</strong>
        </Show>{' '}
        {root().calls === 1 ? 'calls' : 'call'}
        <Show when={props.answer.nodes.length === 1}>: nothing that the data holds</Show>.
      </p>
      <div class="flow-panels">
        <section class="panel flow-panel" aria-label="Picture of the service flow">
          <FlowPicture
            index={index()}
            open={open()}
            onOpen={setOpen}
            selected={selected()}
            onSelect={select}
          />
        </section>
        <FlowDetails index={index()} path={props.answer.path} selected={selected()} />
      </div>
      <section class="panel" aria-labelledby="flow-table-title">
        <h2 id="flow-table-title">All calls</h2>
        <FlowTable index={index()} path={props.answer.path} selected={selected()} onSelect={select} />
      </section>
    </>
  );
}
