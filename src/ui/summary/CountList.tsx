import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import type { DatasetCounts } from '../../model/dataset.ts';
import { describeCount } from '../../util/text.ts';
import { DEFINITIONS } from '../definitions.ts';

interface Entry {
  readonly title: string;
  readonly hint: string;
  readonly value: (counts: DatasetCounts) => number;
  /** Worth a look where it is not 0. */
  readonly remark: boolean;
}

const ENTRIES: readonly Entry[] = [
  { title: 'Traces', hint: DEFINITIONS.traces, value: (counts) => counts.traces, remark: false },
  { title: 'Services', hint: DEFINITIONS.services, value: (counts) => counts.services, remark: false },
  {
    title: 'Requests',
    hint: DEFINITIONS.allRequests,
    value: (counts) => counts.requests,
    remark: false,
  },
  {
    title: 'Inferred requests',
    hint: DEFINITIONS.inferredRequests,
    value: (counts) => counts.inferredRequests,
    remark: false,
  },
  {
    title: 'Broken parents',
    hint: DEFINITIONS.brokenParents,
    value: (counts) => counts.brokenParents,
    remark: true,
  },
  {
    title: 'Links not found',
    hint: DEFINITIONS.linksNotFound,
    value: (counts) => counts.linksNotFound,
    remark: true,
  },
  {
    title: 'Clock problems',
    hint: DEFINITIONS.clockProblems,
    value: (counts) => counts.clockProblems,
    remark: true,
  },
  {
    title: 'Spans without a time',
    hint: DEFINITIONS.spansWithoutTime,
    value: (counts) => counts.spansWithoutTime,
    remark: true,
  },
  {
    title: 'Spans without a duration',
    hint: DEFINITIONS.spansWithoutDuration,
    value: (counts) => counts.spansWithoutDuration ?? 0,
    remark: true,
  },
  {
    title: 'Times in 1970',
    hint: DEFINITIONS.spansNearEpoch,
    value: (counts) => counts.spansNearEpoch ?? 0,
    remark: true,
  },
  {
    title: 'Errors without their span',
    hint: DEFINITIONS.orphans,
    value: (counts) => counts.orphans ?? 0,
    remark: true,
  },
  {
    title: 'Loops cut',
    hint: DEFINITIONS.loopsCut,
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
