import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Target } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { focusFirst } from './focus.ts';
import { Icon } from './Icon.tsx';
import { ServiceName } from './ServiceName.tsx';

/**
 * The services whose requests are looked at; the first stands for all of them at the root of chains, the others can
 * be taken away.
 */
export function TargetName(props: { target: Target }): JSX.Element {
  const app = useApp();
  const remove = (at: number, button: HTMLElement) => {
    const heading = button.closest('header');
    const main = button.closest('main');
    app.navigate({ others: app.view().others.toSpliced(at, 1) }, 'push');
    focusFirst(heading?.querySelector('.target-other button, .add-service'), main);
  };
  return (
    <>
      <ServiceName service={props.target.service} />
      <For each={props.target.others ?? []}>
        {(service, at) => (
          <span class="target-other">
            {' '}
            + <ServiceName service={service} />
            <button
              type="button"
              class="icon-button"
              aria-label={`Take ${service.name} out of the analysis`}
              title={`Take ${service.name} out of the analysis`}
              onClick={(event) => remove(at(), event.currentTarget)}
            >
              <Icon name="close" />
            </button>
          </span>
        )}
      </For>
    </>
  );
}
