import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Target } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { NameSelect } from '../parts/NameSelect.tsx';

/** Narrows the target to one endpoint and one instance of the chosen service. */
export function TargetControls(props: { target: Target }): JSX.Element {
  const app = useApp();
  const service = () => props.target.service;
  const endpoints = createAnswer('service', () => ({
    target: { ...props.target, endpoint: null },
    filter: app.filter(),
  }));
  const instances = createAnswer('instances', () => ({
    target: { ...props.target, instance: null },
    filter: app.filter(),
    path: [service()],
  }));
  return (
    <div class="target-controls">
      <NameSelect
        label="Endpoint"
        none="All endpoints"
        names={withChosen(
          (endpoints.latest()?.endpoints ?? []).map((row) => row.name),
          props.target.endpoint,
        )}
        chosen={props.target.endpoint}
        onChoose={(endpoint) => app.navigate({ endpoint }, 'push')}
      />
      <NameSelect
        label="Instance"
        none="All instances"
        names={withChosen(
          (instances.latest()?.node.instances ?? []).map((row) => row.name),
          props.target.instance,
        )}
        chosen={props.target.instance}
        onChoose={(instance) => app.navigate({ instance }, 'push')}
      />
      <Show when={endpoints.error() ?? instances.error()}>
        {(error) => <span class="quiet">{error().message}</span>}
      </Show>
    </div>
  );
}

/** The chosen name first where the filters leave none of its requests: it is still what is chosen. */
function withChosen(names: readonly string[], chosen: string | null): readonly string[] {
  return chosen === null || names.includes(chosen) ? names : [chosen, ...names];
}
