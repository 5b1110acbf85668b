import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { EVERYTHING } from '../../model/answers.ts';
import type { Target } from '../../model/answers.ts';
import type { ServiceRef } from '../../model/service.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { DEFINITIONS } from '../definitions.ts';
import { Defined } from '../parts/Defined.tsx';
import { sameService } from './tree-index.ts';

/** Adds services whose requests are analysed too; stands beside the name of the chosen one, as it filters nothing. */
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
      <Defined text={DEFINITIONS.analysedTogether}>
        {(id) => (
          <select
            class="add-service"
            aria-label="Add a service to the analysis"
            aria-describedby={id}
            onChange={(event) => {
              const { value } = event.currentTarget;
              // What was chosen stands beside the first one's name now; the next choice begins anew.
              event.currentTarget.value = '';
              if (value !== '') add(free()[Number(value)]);
            }}
          >
            <option value="">+ Add a service …</option>
            <For each={free()}>
              {(service, at) => (
                <option value={at()}>
                  {service.name === '' ? '(no name)' : service.name} ({service.type})
                </option>
              )}
            </For>
          </select>
        )}
      </Defined>
    </Show>
  );
}
