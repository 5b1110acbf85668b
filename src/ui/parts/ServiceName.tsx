import type { JSX } from 'solid-js';
import type { ServiceRef } from '../../model/service.ts';
import { Icon } from './Icon.tsx';

/** Icon of the type and the name, elided where it does not fit; the full text is the tooltip. */
export function ServiceName(props: { service: ServiceRef }): JSX.Element {
  return (
    <span class="service-name" title={`${props.service.name} (${props.service.type})`}>
      <Icon name={props.service.type} class={`type-icon type-${props.service.type.replaceAll(' ', '-')}`} />
      <span class="elide">{props.service.name === '' ? '(no name)' : props.service.name}</span>
      <span class="visually-hidden"> ({props.service.type})</span>
    </span>
  );
}
