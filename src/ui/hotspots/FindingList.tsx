import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { HotspotsAnswer } from '../../model/answers-hotspots.ts';
import { describeCountOf } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { describeFinding } from './hotspot-text.ts';

/** Where time might be won, in words; each count opens its requests. */
export function FindingList(props: { answer: HotspotsAnswer }): JSX.Element {
  return (
    <Show
      when={props.answer.findings.length > 0}
      fallback={
        <p class="quiet">
          No repeated calls, calls one after another or database statements take 1 % of the response time or
          more.
        </p>
      }
    >
      <ul class="finding-list">
        <For each={props.answer.findings}>
          {(finding) => {
            const text = () => describeFinding(finding, props.answer.nodes[0].timeNs);
            return (
              <li>
                <span class="tag">{text().title}</span>{' '}
                <span class="finding-text">
                  {text().before}
                  <EvidenceLink
                    selection={{
                      place: { kind: 'finding', path: props.answer.path, finding: finding.key },
                      count: 'requests',
                    }}
                    count={finding.requests}
                  >
                    {describeCountOf(finding.requests, 'request')}
                  </EvidenceLink>
                  {text().after}
                </span>
              </li>
            );
          }}
        </For>
      </ul>
    </Show>
  );
}
