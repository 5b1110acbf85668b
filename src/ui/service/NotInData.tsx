import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { EVERYTHING } from '../../model/answers.ts';
import type { Target } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { alikeNames } from '../../util/alike.ts';

const MOST_ALIKE = 5;

/** Which of the names that the view asks for are nowhere in the data, and what is like them. */
export function NotInData(props: { target: Target }): JSX.Element {
  const app = useApp();
  const whole = () => ({ ...props.target, endpoint: null, instance: null });
  const services = createAnswer('services', () => ({ filter: EVERYTHING }));
  const endpoints = createAnswer('service', () =>
    props.target.endpoint === null ? null : { target: whole(), filter: EVERYTHING },
  );
  const instances = createAnswer('instances', () =>
    props.target.instance === null
      ? null
      : { target: whole(), filter: EVERYTHING, path: [props.target.service] },
  );
  const lostEndpoint = () => {
    const names = endpoints.latest()?.endpoints.map(({ name }) => name);
    const { endpoint } = props.target;
    return names && endpoint !== null && !names.includes(endpoint) ? { endpoint, names } : undefined;
  };
  const lostInstance = () => {
    const names = instances.latest()?.node.instances.map(({ name }) => name);
    const { instance } = props.target;
    return names && instance !== null && !names.includes(instance) ? instance : undefined;
  };
  const lostServices = () => {
    const known = services.latest()?.services.map(({ service }) => service.name);
    const asked = [...app.view().chains.flatMap(({ path }) => path), ...app.view().others];
    return known ? [...new Set(asked.map(({ name }) => name))].filter((name) => !known.includes(name)) : [];
  };
  return (
    <>
      <Show when={lostEndpoint()}>
        {(lost) => (
          <>
            <p>
              The data holds no endpoint <strong>{lost().endpoint}</strong> of this service.
            </p>
            <ul class="alike-names" aria-label="Endpoints with a name like it">
              <For each={alikeNames(lost().endpoint, lost().names, MOST_ALIKE)}>
                {(endpoint) => (
                  <li>
                    <a href={app.href({ endpoint })}>{endpoint}</a>
                  </li>
                )}
              </For>
            </ul>
          </>
        )}
      </Show>
      <Show when={lostInstance()}>
        {(instance) => (
          <p>
            The data holds no instance <strong>{instance()}</strong> of this service.
          </p>
        )}
      </Show>
      <For each={lostServices()}>
        {(name) => (
          <p>
            A filter asks for the service <strong>{name}</strong>, which the data does not hold.
          </p>
        )}
      </For>
    </>
  );
}
