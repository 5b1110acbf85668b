import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { Term } from '../parts/Defined.tsx';
import { Icon } from '../parts/Icon.tsx';
import type { Figure } from './figures.ts';

/** Figures side by side; pointing at one or reaching it by keyboard shows what it means. */
export function FigureList(props: { label: string; figures: readonly Figure[] }): JSX.Element {
  return (
    <div role="group" aria-label={props.label}>
      <dl class="figures">
        <For each={props.figures}>{(figure) => <FigureItem figure={figure} />}</For>
      </dl>
    </div>
  );
}

function FigureItem(props: { figure: Figure }): JSX.Element {
  return (
    <div class="figure" classList={{ 'has-failures': props.figure.failure === true }}>
      <dt>
        <Term text={props.figure.definition}>{props.figure.label}</Term>
      </dt>
      <dd>
        <Show when={props.figure.failure}>
          <Icon name="failure" />
        </Show>
        <Show when={props.figure.evidence} fallback={props.figure.value}>
          {(evidence) => (
            <EvidenceLink selection={evidence().selection} count={evidence().count}>
              {props.figure.value}
            </EvidenceLink>
          )}
        </Show>
        <Show when={props.figure.detail}>{(detail) => <span class="figure-detail">{detail()}</span>}</Show>
      </dd>
    </div>
  );
}
