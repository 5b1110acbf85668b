import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ServiceRef } from '../../model/service.ts';
import { useApp } from '../../state/app.ts';
import { ServiceName } from '../parts/ServiceName.tsx';
import { analysesOfCaller, analysesOfTarget } from './analyses.ts';
import type { Analysis } from './analyses.ts';
import type { NodeTabProps } from './node-tab-props.ts';
import './analyze.css';

/** Where to go on from the selected step: with the requests of the caller, and with those of the analysed service. */
export function NodeAnalyze(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const target = () => props.path[0];
  const caller = () => props.path[props.path.length - 1];
  return (
    <div class="analyze-columns">
      <Show when={props.path.length > 1}>
        <Column
          title="Selected caller"
          service={caller()}
          whose={`Its requests that led to ${target().name} on this chain.`}
          analyses={analysesOfCaller(props.path)}
        />
      </Show>
      <Column
        title="Analysed service"
        service={target()}
        whose={
          props.path.length > 1
            ? 'Its requests through this chain: the chain becomes a filter.'
            : 'Its requests under the filters.'
        }
        analyses={analysesOfTarget(app.view(), props.path)}
      />
    </div>
  );
}

interface ColumnProps {
  readonly title: string;
  readonly service: ServiceRef;
  readonly whose: string;
  readonly analyses: readonly Analysis[];
}

function Column(props: ColumnProps): JSX.Element {
  const app = useApp();
  return (
    <section class="analyze-column" aria-label={`${props.title}: ${props.service.name}`}>
      <h3>
        <span class="quiet">{props.title}</span>
        <ServiceName service={props.service} />
      </h3>
      <p class="quiet">{props.whose}</p>
      <ul class="analyze-list">
        <For each={props.analyses}>
          {({ title, text, view }) => (
            <li>
              <a class="analyze-link" href={app.href(view)}>
                <span class="analyze-title">{title}</span>
                <span class="quiet">{text}</span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
