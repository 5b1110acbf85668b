import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Target } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { TogetherWith } from './TogetherWith.tsx';

/** Narrows the target to one endpoint and one instance of the chosen service, or widens it to further services. */
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
    <>
      <Choice
        label="Endpoint"
        all="All endpoints"
        names={(endpoints.latest()?.endpoints ?? []).map((row) => row.name)}
        chosen={props.target.endpoint}
        onChoose={(endpoint) => app.navigate({ endpoint }, 'push')}
      />
      <Choice
        label="Instance"
        all="All instances"
        names={(instances.latest()?.node.instances ?? []).map((row) => row.name)}
        chosen={props.target.instance}
        onChoose={(instance) => app.navigate({ instance }, 'push')}
      />
      <TogetherWith target={props.target} />
      <Show when={endpoints.error() ?? instances.error()}>
        {(error) => <span class="quiet">{error().message}</span>}
      </Show>
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly names: readonly string[];
  /** null: all. */
  readonly chosen: string | null;
  readonly onChoose: (name: string | null) => void;
}

function Choice(props: ChoiceProps): JSX.Element {
  const names = () =>
    props.chosen === null || props.names.includes(props.chosen)
      ? props.names
      : [props.chosen, ...props.names];
  return (
    <label class="target-control">
      <span>{props.label}</span>
      <select
        onChange={(event) => {
          const { value } = event.currentTarget;
          props.onChoose(value === '' ? null : names()[Number(value)]);
        }}
      >
        <option value="" selected={props.chosen === null}>
          {props.all}
        </option>
        <For each={names()}>
          {(name, at) => (
            <option value={at()} selected={name === props.chosen}>
              {name === '' ? '(no name)' : name}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}
