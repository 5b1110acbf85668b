import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath, NodeFigures } from '../../model/answers.ts';
import type { ChainEnd } from '../../model/service.ts';
import { describeCounted, nounFor } from '../../util/text.ts';
import { EvidenceButton } from '../evidence/EvidenceButton.tsx';

const ENDS: readonly ChainEnd[] = ['userAction', 'entryPoint', 'callerMissing'];

const LABELS: Readonly<Record<ChainEnd, string>> = {
  userAction: 'user action',
  entryPoint: 'entry point',
  callerMissing: 'caller missing',
};

const EXPLAINED: Readonly<Record<ChainEnd, string>> = {
  userAction: 'begin here with a user action',
  entryPoint: 'begin here: the request was called from outside of what is traced',
  callerMissing: 'break off here: the caller is named but not in the data',
};

/** How many calls have their chain end at a node, by kind of end. */
export function EndBadges(props: { figures: NodeFigures; path: () => ChainPath }): JSX.Element {
  const ends = () => props.figures.ends;
  const present = () => ENDS.filter((end) => ends()[end] > 0);
  return (
    <For each={present()}>
      {(end) => (
        <span
          class={`end-badge end-${end}`}
          title={`The chains of ${describeCounted(ends()[end], props.figures)} ${nounFor(ends()[end], 'call')} ${EXPLAINED[end]}`}
        >
          <span class={`legend-mark chain-end-${end}`} aria-hidden="true" />
          <span class={present().length > 1 ? 'visually-hidden' : 'end-label'}>{LABELS[end]}</span>{' '}
          <EvidenceButton
            selection={() => ({ place: { kind: 'node', path: props.path() }, count: 'calls', end })}
            count={ends()[end]}
          >
            {describeCounted(ends()[end], props.figures)}
          </EvidenceButton>
        </span>
      )}
    </For>
  );
}
