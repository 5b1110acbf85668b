import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BacktraceAnswer, ChainPath } from '../../model/answers.ts';
import type { App } from '../../state/app.ts';
import { useApp } from '../../state/app.ts';
import { nameOfServices } from '../../model/service.ts';
import './analyze.css';

/** Whose requests a tab of the analysis is about: a node of the backtrace, the target service first. */
export function subjectPath(app: App, { target }: BacktraceAnswer): ChainPath {
  const { subject, node } = app.view();
  return subject === 'caller' && node !== null ? node : [target.service];
}

/** Switches between the selected caller and the analysed service, where there are two. */
export function SubjectChoice(props: { backtrace: BacktraceAnswer }): JSX.Element {
  const app = useApp();
  const node = () => app.view().node ?? [];
  const ofCaller = () => app.view().subject === 'caller';
  const target = () => nameOfServices(props.backtrace.target);
  const choose = (subject: 'caller' | null) => app.navigate({ subject }, 'push');
  return (
    <Show when={node().length > 1}>
      <div class="subject-choice" role="group" aria-label="Whose requests">
        <button
          type="button"
          class="button small"
          aria-pressed={!ofCaller()}
          title={`Requests of ${target()}`}
          onClick={() => choose(null)}
        >
          Analysed service: {target()}
        </button>
        <button
          type="button"
          class="button small"
          aria-pressed={ofCaller()}
          title={`Requests of ${node()[node().length - 1].name} that led to those of ${target()}`}
          onClick={() => choose('caller')}
        >
          Selected caller: {node()[node().length - 1].name}
        </button>
      </div>
    </Show>
  );
}
