import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Target } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';

/** Narrows the target to one endpoint of the chosen service. */
export function TargetControls(props: { target: Target }): JSX.Element {
  const app = useApp();
  const answer = createAnswer('service', () => ({
    target: { service: props.target.service, endpoint: null, instance: props.target.instance },
    filter: app.filter(),
  }));
  const names = () => {
    const known = (answer.latest()?.endpoints ?? []).map((row) => row.name);
    const { endpoint } = props.target;
    return endpoint === null || known.includes(endpoint) ? known : [endpoint, ...known];
  };
  const choose = (value: string) =>
    app.navigate({ endpoint: value === '' ? null : names()[Number(value)] }, 'push');
  return (
    <label class="target-control">
      <span>Endpoint</span>
      <select onChange={(event) => choose(event.currentTarget.value)}>
        <option value="" selected={props.target.endpoint === null}>
          All endpoints
        </option>
        <For each={names()}>
          {(name, at) => (
            <option value={at()} selected={name === props.target.endpoint}>
              {name}
            </option>
          )}
        </For>
      </select>
      <Show when={answer.error()}>{(error) => <span class="quiet">{error().message}</span>}</Show>
    </label>
  );
}
