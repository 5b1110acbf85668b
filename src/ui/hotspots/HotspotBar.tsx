import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import type { HotspotNode } from '../../model/answers-hotspots.ts';
import { describeShare } from '../../util/text.ts';
import { shareOf } from './hotspot-rows.ts';
import { describeService } from './hotspot-text.ts';

/** Callees with a colour of their own; what is left is one part. */
const MOST_PARTS = 8;

interface Part {
  readonly name: string;
  readonly share: number;
  readonly color: string;
}

/** The response time as one bar, parted among own time and callees; the table below says the same. */
export function HotspotBar(props: { nodes: readonly HotspotNode[] }): JSX.Element {
  const parts = () => partsOf(props.nodes).filter(({ share }) => share > 0);
  return (
    <figure class="hotspot-figure" aria-label="Response time by part">
      <div class="hotspot-bar" aria-hidden="true">
        <For each={parts()}>
          {(part) => (
            <span class={`hotspot-bar-part ${part.color}`} style={{ width: `${part.share * 100}%` }} />
          )}
        </For>
      </div>
      <ul class="hotspot-legend">
        <For each={parts()}>
          {(part) => (
            <li>
              <span class={`hotspot-swatch ${part.color}`} aria-hidden="true" />
              <span class="hotspot-legend-name">{part.name}</span>{' '}
              <strong>{describeShare(part.share)}</strong>
            </li>
          )}
        </For>
      </ul>
    </figure>
  );
}

function partsOf([root, ...others]: readonly HotspotNode[]): readonly Part[] {
  const callees = others.filter(({ caller }) => caller === 0);
  const left = callees.slice(MOST_PARTS).reduce((sum, { timeNs }) => sum + timeNs, 0n);
  return [
    { name: 'own time', share: shareOf(root.ownNs, root.timeNs), color: 'hotspot-own' },
    ...callees.slice(0, MOST_PARTS).map((callee, i) => ({
      name: describeService(callee.service),
      share: shareOf(callee.timeNs, root.timeNs),
      color: `trace-color-${i}`,
    })),
    { name: 'all others', share: shareOf(left, root.timeNs), color: 'hotspot-others' },
  ];
}
