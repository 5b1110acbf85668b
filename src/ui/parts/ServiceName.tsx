import type { JSX } from 'solid-js';
import { nameOfServices } from '../../model/service.ts';
import type { ServiceRef } from '../../model/service.ts';
import { Icon } from './Icon.tsx';

export interface ServiceNameProps {
  readonly service: ServiceRef;
  /** Named behind it; left out: none. */
  readonly others?: readonly ServiceRef[] | undefined;
}

/** Icon of the type and the name, elided where it does not fit; the full text is the tooltip. */
export function ServiceName(props: ServiceNameProps): JSX.Element {
  const all = () => [props.service, ...(props.others ?? [])];
  const types = () =>
    all()
      .map(({ type }) => type)
      .join(' + ');
  return (
    <span class="service-name" title={all().map(withType).join(' + ')}>
      <Icon name={props.service.type} class={`type-icon type-${props.service.type.replaceAll(' ', '-')}`} />
      <span class="elide">{nameOfServices(props) || '(no name)'}</span>
      <span class="visually-hidden"> ({types()})</span>
    </span>
  );
}

function withType({ name, type }: ServiceRef): string {
  return `${name} (${type})`;
}
