import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { Icon } from '../parts/Icon.tsx';

/** The filters of the target in words, each with a button that removes it. */
export function FilterChips(): JSX.Element {
  const app = useApp();
  const without = (index: number) => app.view().chains.filter((_, place) => place !== index);
  const none = () => {
    const { endpoint, instance, chains } = app.view();
    return endpoint === null && instance === null && chains.length === 0;
  };
  return (
    <ul class="chips" aria-label="Active filters" hidden={none()}>
      <Show when={app.view().endpoint !== null}>
        <Chip
          text={`endpoint ${app.view().endpoint ?? ''}`}
          onRemove={() => app.navigate({ endpoint: null }, 'push')}
        />
      </Show>
      <Show when={app.view().instance !== null}>
        <Chip
          text={`instance ${app.view().instance ?? ''}`}
          onRemove={() => app.navigate({ instance: null }, 'push')}
        />
      </Show>
      <For each={app.view().chains}>
        {(chain, index) => (
          <Chip
            text={`only through ${describeChain(chain)}`}
            onRemove={() => app.navigate({ chains: without(index()) }, 'push')}
          />
        )}
      </For>
    </ul>
  );
}

function Chip(props: { text: string; onRemove: () => void }): JSX.Element {
  return (
    <li class="chip">
      <span class="elide" title={props.text}>
        {props.text}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={`Remove the filter: ${props.text}`}
        onClick={() => props.onRemove()}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

/** As requests flow: the outermost caller first, the target last. */
export function describeChain(path: ChainPath): string {
  return path
    .toReversed()
    .map((service) => service.name)
    .join(' → ');
}
