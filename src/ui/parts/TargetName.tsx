import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Target } from '../../model/answers.ts';
import { ServiceName } from './ServiceName.tsx';

/** The services whose requests are looked at; the first stands for all of them at the root of chains. */
export function TargetName(props: { target: Target }): JSX.Element {
  return (
    <>
      <ServiceName service={props.target.service} />
      <For each={props.target.others ?? []}>
        {(service) => (
          <>
            {' '}
            + <ServiceName service={service} />
          </>
        )}
      </For>
    </>
  );
}
