import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { DataRange } from '../../model/answers.ts';
import type { DatasetSummary } from '../../model/dataset.ts';
import { useApp } from '../../state/app.ts';
import {
  describeBytes,
  describeCountOf,
  describeDate,
  describeDuration,
  describeInstant,
  describeZone,
} from '../../util/text.ts';
import { FilePicker } from '../FilePicker.tsx';
import { CountList } from './CountList.tsx';
import { Equation } from './Equation.tsx';
import { FileReport } from './FileReport.tsx';

/** Screen 5: every byte dropped is accounted for. */
export function SummaryScreen(): JSX.Element {
  const app = useApp();
  return (
    <Show when={app.dataset()}>
      {(dataset) => (
        <div class="page">
          <div class="page-head">
            <h1>Data summary</h1>
            <p class="quiet elide" title={dataset().name}>
              {dataset().name}
            </p>
            <button
              type="button"
              class="button small head-action"
              aria-haspopup="dialog"
              onClick={() => app.datasets.report.show(dataset())}
            >
              How the {dataset().files.length === 1 ? 'file was' : 'files were'} read
            </button>
            <FilePicker
              label="Add files"
              about={dataset().name}
              class="button small head-action"
              into={dataset().id}
            />
          </div>
          <Equation counts={dataset().counts} />
          <CountList counts={dataset().counts} />
          <About dataset={dataset()} />
          <section aria-labelledby="summary-files">
            <h2 id="summary-files">{describeCountOf(dataset().files.length, 'file')}</h2>
            <For each={dataset().files}>{(file) => <FileReport file={file} />}</For>
          </section>
        </div>
      )}
    </Show>
  );
}

function About(props: { dataset: DatasetSummary }): JSX.Element {
  return (
    <section class="card" aria-labelledby="summary-about">
      <h2 id="summary-about">Dataset</h2>
      <dl class="facts">
        <Fact title="Fingerprint" value={props.dataset.fingerprint} code />
        <Fact
          title="Kept"
          value={
            props.dataset.stored
              ? `on disk, in this browser only (${describeBytes(props.dataset.sizeBytes)})`
              : 'in memory only: it does not survive a reload'
          }
        />
        <Fact title="Imported" value={describeDate(props.dataset.importedAt)} />
        <Show when={props.dataset.range} fallback={<Fact title="Time" value="no request bears a time" />}>
          {(range) => <Fact title="Requests start" value={describeRange(range())} />}
        </Show>
      </dl>
    </section>
  );
}

/** The range ends one ns after the last start: that one alone is no length of time. */
function describeRange({ from, to }: DataRange): string {
  const zone = describeZone(new Date(Number(from / 1_000_000n)));
  if (to - from <= 1n) return `all at ${describeInstant(from)}, ${zone}`;
  const length = describeDuration(Number(to - from) / 1e6);
  return `${describeInstant(from)} to ${describeInstant(to)} (${length}), ${zone}`;
}

function Fact(props: { title: string; value: string; code?: boolean }): JSX.Element {
  return (
    <div>
      <dt>{props.title}</dt>
      <dd classList={{ code: props.code === true }}>{props.value}</dd>
    </div>
  );
}
