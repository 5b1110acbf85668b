import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BacktraceAnswer } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { AnswerPanel } from '../parts/AnswerPanel.tsx';
import { DisagreementPanel } from './DisagreementPanel.tsx';
import { CompletenessPanel } from './CompletenessPanel.tsx';
import { FateLedger } from './FateLedger.tsx';
import { FateSentence } from './FateSentence.tsx';
import { FateTable } from './FateTable.tsx';
import { HopTable } from './HopTable.tsx';
import { RetriesPanel } from './RetriesPanel.tsx';
import './impact.css';

/** What became of the failures on their way up, hop by hop, and how sure that is. */
export function ImpactTab(props: { backtrace: BacktraceAnswer }): JSX.Element {
  const app = useApp();
  const params = () => ({ target: props.backtrace.target, filter: app.filter() });
  const fates = createAnswer('fates', params);
  const hops = createAnswer('hops', params);
  const retries = createAnswer('retries', params);
  const disagreement = createAnswer('disagreement', params);
  const completeness = createAnswer('completeness', params);
  return (
    <>
      <AnswerPanel title="What became of the failures" answer={fates} pending="Following each failure …">
        {(answer) => (
          <>
            <FateSentence answer={answer()} />
            <FateLedger answer={answer()} />
            <Show when={answer().failures > 0}>
              <FateTable answer={answer()} />
            </Show>
          </>
        )}
      </AnswerPanel>
      <AnswerPanel title="Hop by hop" answer={hops} pending="Comparing callers and callees …">
        {(answer) => (
          <>
            <p class="quiet">
              Over the requests of each caller: did a call to the callee fail, and did the caller fail itself?
              Where the interval lies right of the middle, the caller fails more often when its callee does.
            </p>
            <HopTable hops={answer().hops} />
          </>
        )}
      </AnswerPanel>
      <AnswerPanel title="Retries" answer={retries} pending="Looking for further attempts …">
        {(answer) => <RetriesPanel answer={answer()} />}
      </AnswerPanel>
      <AnswerPanel
        title="Where caller and service disagree"
        answer={disagreement}
        pending="Comparing both sides of each call …"
      >
        {(answer) => <DisagreementPanel answer={answer()} />}
      </AnswerPanel>
      <AnswerPanel title="Completeness" answer={completeness} pending="Looking for missing callers …">
        {(answer) => <CompletenessPanel answer={answer()} />}
      </AnswerPanel>
    </>
  );
}
