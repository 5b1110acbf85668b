import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import { nameOfServices } from '../../model/service.ts';
import type { ServiceRef } from '../../model/service.ts';

/** Steps of a long chain that are shown at either end. */
const SHOWN = 6;

/** A chain in reading order: its far end first, the chosen service last. Long ones are cut in the middle. */
export function ChainText(props: {
  path: ChainPath;
  /** Services chosen together with the path's first. */
  others?: readonly ServiceRef[] | undefined;
}): JSX.Element {
  const names = () => {
    const [chosen, ...callers] = props.path;
    return [
      ...callers.toReversed().map((step) => step.name),
      nameOfServices({ service: chosen, others: props.others ?? [] }),
    ];
  };
  const long = () => names().length > 2 * SHOWN + 1;
  const shown = () => (long() ? [...names().slice(0, SHOWN), '…', ...names().slice(-SHOWN)] : names());
  return (
    <p class="chain-text" title={names().slice(0, 200).join(' → ')}>
      <For each={shown()}>
        {(name, at) => (
          <>
            <Show when={at() > 0}>
              <span class="chain-arrow"> → </span>
            </Show>
            <span class="chain-step">{name}</span>
          </>
        )}
      </For>
    </p>
  );
}
