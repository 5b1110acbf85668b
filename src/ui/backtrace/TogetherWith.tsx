import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { EVERYTHING } from '../../model/answers.ts';
import type { Target } from '../../model/answers.ts';
import type { ServiceRef } from '../../model/service.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { sameService } from './tree-index.ts';

/** Adds services whose requests are looked at together with those of the chosen one. */
export function TogetherWith(props: { target: Target }): JSX.Element {
  const app = useApp();
  const services = createAnswer('services', () => ({ filter: EVERYTHING }));
  const free = (): readonly ServiceRef[] => {
    const taken = [props.target.service, ...(props.target.others ?? [])];
    const all = (services.latest()?.services ?? []).map(({ service }) => service);
    return all.filter((service) => !taken.some((one) => sameService(one, service)));
  };
  const add = (service: ServiceRef) => app.navigate({ others: [...app.view().others, service] }, 'push');
  return (
    <Show when={free().length > 0}>
      <label class="target-control">
        <span>Together with</span>
        <select
          onChange={(event) => {
            const { value } = event.currentTarget;
            // What was chosen is a chip now; the next choice begins anew.
            event.currentTarget.value = '';
            if (value !== '') add(free()[Number(value)]);
          }}
        >
          <option value="">another service …</option>
          <For each={free()}>
            {(service, at) => (
              <option value={at()}>
                {service.name === '' ? '(no name)' : service.name} ({service.type})
              </option>
            )}
          </For>
        </select>
      </label>
    </Show>
  );
}
