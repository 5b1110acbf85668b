import { Show } from 'solid-js';
import type { JSX } from 'solid-js';

import { useApp } from '../state/app.ts';
import type { ImportProgress, RunningImport } from '../state/datasets.ts';
import { describeBytes, describeCount, describeDuration } from '../util/text.ts';

const PHASES: Readonly<Record<ImportProgress['phase'], string>> = {
  reading: 'Reading the files',
  assembling: 'Putting the requests together',
  storing: 'Storing',
};

/** Over the page while files are read; the page stays usable. */
export function ImportPanel(): JSX.Element {
  const app = useApp();
  return (
    <Show when={app.datasets.running()}>
      {(running) => <Panel running={running()} cancel={app.datasets.cancelImport} />}
    </Show>
  );
}

function Panel(props: { running: RunningImport; cancel: () => void }): JSX.Element {
  const progress = () => props.running.progress;
  const phase = () => {
    const known = progress();
    if (known) return PHASES[known.phase];
    return props.running.demo ? 'Generating the demo' : 'Starting';
  };
  return (
    <section class="import-panel" aria-label="Import">
      <div class="import-head">
        <h2>
          <span role="status">{phase()} …</span>
        </h2>
        <button type="button" class="button" onClick={() => props.cancel()}>
          Cancel import
        </button>
      </div>
      <Show when={progress()?.phase === 'reading' && progress()} fallback={<progress aria-label={phase()} />}>
        {(reading) => (
          <progress aria-label="Bytes read" max={reading().bytesTotal || 1} value={reading().bytesRead} />
        )}
      </Show>
      <Show when={progress()}>
        {(known) => (
          <>
            <p class="import-file elide" title={known().file}>
              {known().file}
            </p>
            <dl class="import-figures">
              <Figure
                title="Read"
                value={`${describeBytes(known().bytesRead)} of ${describeBytes(known().bytesTotal)}`}
              />
              <Figure title="Spans found" value={describeCount(known().spans)} />
              <Figure title="Rate" value={describeRate(props.running)} />
              <Figure title="Time left" value={describeTimeLeft(props.running)} />
            </dl>
          </>
        )}
      </Show>
    </section>
  );
}

function Figure(props: { title: string; value: string }): JSX.Element {
  return (
    <div>
      <dt>{props.title}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

/** Bytes per ms over the whole import so far; 0 where nothing can be said yet. */
export function bytesPerMs(running: RunningImport): number {
  const elapsed = running.nowMs - running.startedMs;
  return running.progress && elapsed > 0 ? running.progress.bytesRead / elapsed : 0;
}

function describeRate(running: RunningImport): string {
  const rate = bytesPerMs(running);
  return rate === 0 ? '–' : `${describeBytes(rate * 1000)}/s`;
}

function describeTimeLeft(running: RunningImport): string {
  const rate = bytesPerMs(running);
  const { progress } = running;
  if (rate === 0 || !progress || progress.phase !== 'reading') return '–';
  const seconds = Math.ceil((progress.bytesTotal - progress.bytesRead) / rate / 1000);
  return describeDuration(seconds * 1000);
}
