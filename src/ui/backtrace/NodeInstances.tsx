import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { textIs } from '../filter/narrow.ts';
import { AnswerTrouble, Pending } from '../service/AnswerStates.tsx';
import { InstanceTable } from './InstanceTable.tsx';
import type { NodeTabProps } from './node-tab-props.ts';

/** Instances of the selected caller and of the chosen service. */
export function NodeInstances(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('instances', () => ({
    target: props.backtrace.target,
    filter: app.filter(),
    path: props.path,
  }));
  return (
    <div class="node-tab" classList={{ stale: answer.loading() }}>
      <AnswerTrouble error={answer.error()} />
      <Show when={answer.latest()} fallback={<Pending error={answer.error()}>Counting …</Pending>}>
        {(latest) => (
          <Show when={latest().found} fallback={<p class="quiet">This step is not part of the backtrace.</p>}>
            <div class="instance-tables">
              <Show when={props.path.length > 1}>
                <InstanceTable
                  table={latest().node}
                  title={`Instances of the selected caller, ${latest().node.service.name}`}
                  selection={(instance, failed) => ({
                    place: { kind: 'node', path: latest().path },
                    count: failed ? 'failedRequests' : 'requests',
                    instance,
                  })}
                  path={latest().path}
                />
              </Show>
              <InstanceTable
                table={latest().target}
                title={`Instances of the chosen service, ${latest().target.service.name}`}
                selection={(instance, failed) => ({
                  place: { kind: 'node', path: latest().path },
                  count: failed ? 'failedCalls' : 'calls',
                  where: textIs('request:instance', instance),
                })}
                path={[latest().target.service]}
                narrows
              />
            </div>
          </Show>
        )}
      </Show>
    </div>
  );
}
