import { Match, Show, Switch, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { OutlierChart } from '../../charts/OutlierChart.tsx';
import type { BacktraceAnswer, ChainPath, Target } from '../../model/answers.ts';
import { OUTLIER_SETS } from '../../model/answers-outliers.ts';
import type { OutliersAnswer, OutlierSet } from '../../model/answers-outliers.ts';
import { nameOfServices } from '../../model/service.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf, describeDuration } from '../../util/text.ts';
import { SubjectChoice, subjectPath } from '../backtrace/Subject.tsx';
import { AnswerPanel } from '../parts/AnswerPanel.tsx';
import { ModeButtons } from '../parts/ModeButtons.tsx';
import { Table } from '../parts/Table.tsx';
import { OutlierNotes } from './OutlierNotes.tsx';
import { OutlierSentence } from './OutlierSentence.tsx';
import { outlierColumns } from './outlier-columns.tsx';
import { narrowToValue } from './narrow-to-value.ts';
import { PERCENTILES, SET_NAMES, SET_TITLES } from './outlier-text.ts';
import './outliers.css';

const DEFAULT_SET: OutlierSet = 'slow5';

/** What sets the slowest or the failed requests of the target, or of the selected caller, apart from the others. */
export function OutliersTab(props: { backtrace: BacktraceAnswer }): JSX.Element {
  const app = useApp();
  const set = () => OUTLIER_SETS.find((name) => name === app.view().mode) ?? DEFAULT_SET;
  const path = () => subjectPath(app, props.backtrace);
  const answer = createAnswer('outliers', () => ({
    target: props.backtrace.target,
    filter: app.filter(),
    path: path(),
    set: set(),
  }));
  return (
    <>
      <SubjectChoice backtrace={props.backtrace} />
      <AnswerPanel
        title="What sets outliers apart"
        answer={answer}
        pending="Comparing the attributes of all requests …"
      >
        {(latest) => (
          <>
            <ModeButtons
              label="Which requests"
              names={OUTLIER_SETS}
              titles={SET_TITLES}
              chosen={set()}
              onChoose={(name) => app.navigate({ mode: name === DEFAULT_SET ? null : name }, 'push')}
            />
            <Outliers answer={latest()} target={props.backtrace.target} path={path()} />
          </>
        )}
      </AnswerPanel>
    </>
  );
}

interface OutliersProps {
  readonly answer: OutliersAnswer;
  readonly target: Target;
  readonly path: ChainPath;
}

function Outliers(props: OutliersProps): JSX.Element {
  const app = useApp();
  const columns = createMemo(() =>
    outlierColumns({
      path: props.path,
      answer: props.answer,
      narrow: (value) => narrowToValue({ target: props.target, at: props.path }, app.view(), value),
      href: app.href,
    }),
  );
  return (
    <Switch
      fallback={
        <>
          <OutlierSentence
            answer={props.answer}
            name={nameOfServices(
              props.path.length > 1 ? { service: props.path[props.path.length - 1] } : props.target,
            )}
            path={props.path}
          />
          <Distribution answer={props.answer} path={props.path} />
          <OutlierNotes answer={props.answer} path={props.path} />
          <Table
            label="Over-represented values"
            columns={columns()}
            rows={props.answer.rows}
            sort={app.view().sort}
            defaultSort={{ column: 'given', descending: false }}
            onSort={(sort) => app.navigate({ sort }, 'replace')}
            empty="No value is over-represented."
          />
        </>
      }
    >
      <Match when={props.answer.outliers === 0}>
        <p class="quiet">{nobody(props.answer)}</p>
      </Match>
      <Match when={props.answer.others === 0}>
        <p class="quiet">All requests failed: there are no others to compare them with.</p>
      </Match>
    </Switch>
  );
}

function nobody({ set, others }: OutliersAnswer): string {
  if (others === 1)
    return set === 'failed'
      ? 'The one request did not fail.'
      : 'There is only one request: none that is slower than others.';
  if (set === 'failed') return `None of the ${describeCountOf(others, 'request')} failed.`;
  return `None of the ${describeCountOf(others, 'request')} is slower than their ${PERCENTILES[set]} percentile: they are too few, or too many are equally slow.`;
}

function Distribution(props: { answer: OutliersAnswer; path: ChainPath }): JSX.Element {
  const app = useApp();
  const note = () => {
    const { cutNs, outliers, others } = props.answer;
    const counts = `${describeCount(outliers)} of ${describeCountOf(outliers + others, 'request')}`;
    return cutNs === null ? counts : `${counts}, from ${describeDuration(cutNs / 1e6)} on`;
  };
  return (
    <Show when={props.answer.bars.length > 1}>
      <OutlierChart
        title="Where they lie among the response times"
        note={note()}
        name={SET_NAMES[props.answer.set]}
        answer={props.answer}
        onRange={(durationNs) =>
          app.navigate(
            {
              evidence: {
                place: { kind: 'node', path: props.path },
                count: 'requests',
                durationNs,
              },
            },
            'push',
          )
        }
      />
    </Show>
  );
}
