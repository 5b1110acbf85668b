import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import type { DatasetCounts } from '../../model/dataset.ts';
import { describeCount } from '../../util/text.ts';

interface Entry {
  readonly title: string;
  readonly hint: string;
  readonly value: (counts: DatasetCounts) => number;
  /** Worth a look where it is not 0. */
  readonly remark: boolean;
}

const ENTRIES: readonly Entry[] = [
  { title: 'Traces', hint: 'Distinct trace ids', value: (counts) => counts.traces, remark: false },
  { title: 'Services', hint: 'Traced and inferred', value: (counts) => counts.services, remark: false },
  {
    title: 'Requests',
    hint: 'Units of work that traced services did for their callers',
    value: (counts) => counts.requests,
    remark: false,
  },
  {
    title: 'Inferred requests',
    hint: 'Beside them: seen only from the calling side',
    value: (counts) => counts.inferredRequests,
    remark: false,
  },
  {
    title: 'Broken parents',
    hint: 'Spans whose parent is not in the data: their chains end with “caller missing”',
    value: (counts) => counts.brokenParents,
    remark: true,
  },
  {
    title: 'Links not found',
    hint: 'Span links to spans that are not in the data',
    value: (counts) => counts.linksNotFound,
    remark: true,
  },
  {
    title: 'Clock problems',
    hint: 'Spans that end before they start; kept with duration 0',
    value: (counts) => counts.clockProblems,
    remark: true,
  },
  {
    title: 'Spans without a time',
    hint: 'Kept, but outside of every timeframe',
    value: (counts) => counts.spansWithoutTime,
    remark: true,
  },
  {
    title: 'Errors without their span',
    hint: 'Records of errors or events whose span is not in the data, counted with the rejected; drop the file with the spans, too',
    value: (counts) => counts.orphans ?? 0,
    remark: true,
  },
  {
    title: 'Loops cut',
    hint: 'Parents or links in a circle, cut once',
    value: (counts) => counts.loopsCut,
    remark: true,
  },
];

export function CountList(props: { counts: DatasetCounts }): JSX.Element {
  return (
    <dl class="counts">
      <For each={ENTRIES}>
        {(entry) => (
          <div classList={{ remark: entry.remark && entry.value(props.counts) > 0 }}>
            <dt>{entry.title}</dt>
            <dd class="count">{describeCount(entry.value(props.counts))}</dd>
            <dd class="hint">{entry.hint}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}
