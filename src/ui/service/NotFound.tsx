import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { linkTo } from '../../link/resolve.ts';
import type { ViewState } from '../../link/view-state.ts';
import { EVERYTHING } from '../../model/answers.ts';
import type { Target } from '../../model/answers.ts';
import type { ServiceRef } from '../../model/service.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { alikeNames } from '../../util/alike.ts';
import { describeCountOf, describeList } from '../../util/text.ts';
import { ServiceName } from '../parts/ServiceName.tsx';

const MOST_ALIKE = 5;

/** The data holds no such service: a link made with other data, or a name that is misspelt. What does fit is offered. */
export function NotFound(props: { target: Target }): JSX.Element {
  const app = useApp();
  const services = createAnswer('services', () => ({ filter: EVERYTHING }));
  const wanted = () => props.target.service.name;
  const alike = (): readonly ServiceRef[] => {
    const all = (services.latest()?.services ?? []).map(({ service }) => service);
    const names = alikeNames(
      wanted(),
      all.map(({ name }) => name),
      MOST_ALIKE,
    );
    return [...new Set(names)]
      .flatMap((name) => all.filter((service) => service.name === name))
      .slice(0, MOST_ALIKE);
  };
  /** The type that the link names; without one any service of the name would have done. */
  const kind = () => (app.view().type === null ? 'service' : props.target.service.type);
  return (
    <div class="empty-state">
      <p>
        The open data holds no {kind()} named <strong>{wanted()}</strong>.
      </p>
      <Show when={partsOf(app.view())}>
        {(parts) => <p>What else the link says is about this service and does not apply: {parts()}.</p>}
      </Show>
      <Show when={alike().length > 0}>
        <p id="alike-services">Services with a name like it:</p>
        <ul class="alike-names" aria-labelledby="alike-services">
          <For each={alike()}>
            {(service) => (
              <li>
                <a href={app.href(linkTo(service))}>
                  <ServiceName service={service} />
                </a>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <a class="button" href={app.href({ view: 'services', service: null })}>
        Show all services
      </a>
    </div>
  );
}

/** What of the view is about the chosen service alone, in words; null: nothing. */
function partsOf(view: ViewState): string | null {
  const { endpoint, instance, chains, node, others, where, evidence } = view;
  const parts = [
    ...(endpoint === null ? [] : [`the endpoint “${endpoint}”`]),
    ...(instance === null ? [] : [`the instance “${instance}”`]),
    ...(others.length === 0 ? [] : ['what is analysed together with it']),
    ...(chains.length === 0 ? [] : [describeCountOf(chains.length, 'chain filter')]),
    ...(where === null ? [] : ['the condition']),
    ...(node === null ? [] : ['the selected step']),
    ...(evidence === null ? [] : ['the list of requests']),
  ];
  return parts.length === 0 ? null : describeList(parts);
}
