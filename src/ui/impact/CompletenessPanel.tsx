import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Bounds, BrokenEnd, CompletenessAnswer } from '../../model/answers-impact.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { DEFINITIONS } from '../definitions.ts';
import { describeCount, describeCountOf, describeShareOf } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Term } from '../parts/Defined.tsx';

interface BoundRow {
  readonly title: string;
  readonly definition: string;
  readonly bounds: Bounds;
  /** The requests that are counted, of what the data cannot tell none; null: it counts no requests. */
  readonly selection: EvidenceSelection | null;
}

const KNOWN_TO_THE_END = 'No caller is missing: every chain is known to its end.';

/** How much of the figures hangs on callers that are missing in the data. */
export function CompletenessPanel(props: { answer: CompletenessAnswer }): JSX.Element {
  const complete = () => props.answer.callsMissing === 0;
  const rows = () => boundsOf(props.answer);
  const known = () =>
    rows().every(({ bounds }) => bounds.low === bounds.high)
      ? KNOWN_TO_THE_END
      : `${KNOWN_TO_THE_END} Where bounds differ all the same, some ends bear no id of a user or session.`;
  return (
    <>
      <p class="completeness-words" classList={{ complete: complete() }}>
        <Icon name={complete() ? 'check' : 'info'} />
        <Show when={!complete()} fallback={known()}>
          <span>
            <EvidenceLink
              selection={{ place: { kind: 'ends' }, count: 'calls', end: 'callerMissing' }}
              count={props.answer.callsMissing}
            >
              {describeCountOf(props.answer.callsMissing, 'request')}
            </EvidenceLink>{' '}
            of {describeCount(props.answer.calls)} (
            {describeShareOf(props.answer.callsMissing, props.answer.calls)}) have a chain that breaks off at
            a missing caller, among them{' '}
            <EvidenceLink
              selection={{ place: { kind: 'ends' }, count: 'failedCalls', end: 'callerMissing' }}
              count={props.answer.failedCallsMissing}
            >
              {describeCount(props.answer.failedCallsMissing)}
            </EvidenceLink>{' '}
            of {describeCountOf(props.answer.failedCalls, 'failure')}.
          </span>
        </Show>
      </p>
      <BoundTable rows={rows()} />
      <Show when={props.answer.broken.length > 0}>
        <BrokenTable rows={props.answer.broken} />
      </Show>
    </>
  );
}

function boundsOf(answer: CompletenessAnswer): readonly BoundRow[] {
  const row = (
    title: string,
    definition: string,
    bounds: Bounds | null,
    selection: EvidenceSelection | null = null,
  ): readonly BoundRow[] => (bounds === null ? [] : [{ title, definition, bounds, selection }]);
  return [
    ...row('Failures that reached a user action', DEFINITIONS.failuresAtUsers, answer.failuresAtUsers, {
      place: { kind: 'node', path: [answer.target.service] },
      count: 'failedCalls',
      fate: { fate: 'userAction' },
    }),
    ...row('User actions hit', DEFINITIONS.userActionsHit, answer.userActionsHit, {
      place: { kind: 'ends' },
      count: 'hit',
      end: 'userAction',
    }),
    ...row('User actions hit and failed', DEFINITIONS.userActionsHitFailed, answer.userActionsHitFailed, {
      place: { kind: 'ends' },
      count: 'hitFailed',
      end: 'userAction',
    }),
    ...row('Users hit', DEFINITIONS.usersHit, answer.usersHit),
    ...row('Users hit by a failed action', DEFINITIONS.sawFailure, answer.usersHitFailed),
    ...row('Sessions hit', DEFINITIONS.sessionsHit, answer.sessionsHit),
    ...row('Sessions hit by a failed action', DEFINITIONS.sawFailure, answer.sessionsHitFailed),
  ];
}

function BoundTable(props: { rows: readonly BoundRow[] }): JSX.Element {
  return (
    <div class="table-scroll" role="group" aria-label="Bounds" tabindex="0">
      <table class="table" aria-label="Bounds for the impact on users">
        <thead>
          <tr>
            <th scope="col">Impact on users</th>
            <th scope="col" class="numeric">
              At least
            </th>
            <th scope="col" class="numeric">
              At most
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <th scope="row">
                  <Term text={row.definition}>{row.title}</Term>
                </th>
                <td class="numeric">{boundOf(row, 'low')}</td>
                <td class="numeric">{boundOf(row, 'high')}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

function boundOf({ bounds, selection }: BoundRow, side: keyof Bounds): JSX.Element {
  const text = describeCount(bounds[side]);
  if (selection === null) return text;
  return (
    <EvidenceLink
      selection={side === 'low' ? selection : { ...selection, orMissing: true }}
      count={bounds[side]}
    >
      {text}
    </EvidenceLink>
  );
}

const BROKEN_COUNTS = ['requests', 'calls', 'failedCalls'] as const;

function BrokenTable(props: { rows: readonly BrokenEnd[] }): JSX.Element {
  return (
    <div class="table-scroll" role="group" aria-label="Where chains break" tabindex="0">
      <table class="table" aria-label="Where chains break">
        <thead>
          <tr>
            <th scope="col">Caller missing above</th>
            <th scope="col" class="numeric">
              Requests
            </th>
            <th scope="col" class="numeric">
              Calls
            </th>
            <th scope="col" class="numeric">
              Failed calls
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <th scope="row">
                  <ServiceName service={row.service} />
                </th>
                <For each={BROKEN_COUNTS}>
                  {(count) => (
                    <td class="numeric">
                      <EvidenceLink
                        selection={{
                          place: { kind: 'ends' },
                          count,
                          end: 'callerMissing',
                          service: row.service,
                        }}
                        count={row[count]}
                      >
                        {describeCount(row[count])}
                      </EvidenceLink>
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
