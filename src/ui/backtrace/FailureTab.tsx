import type { JSX } from 'solid-js';
import type { BacktraceAnswer } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { CausesTab } from '../details/CausesTab.tsx';
import { InDataNote } from '../parts/InDataNote.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { NodeFailures } from './NodeFailures.tsx';
import { SubjectChoice, subjectPath } from './Subject.tsx';

/** Everything about the failures of the analysed service, or of the selected caller. */
export function FailureTab(props: { backtrace: BacktraceAnswer }): JSX.Element {
  const app = useApp();
  const path = () => subjectPath(app, props.backtrace);
  return (
    <>
      <SubjectChoice backtrace={props.backtrace} />
      <section class="panel node-panel" aria-labelledby="failure-title">
        <h2 id="failure-title" class="failure-title">
          Failures of{' '}
          <ServiceName
            service={path()[path().length - 1]}
            others={path().length === 1 ? props.backtrace.target.others : undefined}
          />
        </h2>
        <NodeFailures backtrace={props.backtrace} path={path()} />
      </section>
      <section class="panel node-panel" aria-labelledby="failure-causes-title">
        <h2 id="failure-causes-title">Where the causes lie</h2>
        <InDataNote />
        <CausesTab backtrace={props.backtrace} path={path()} />
      </section>
    </>
  );
}
