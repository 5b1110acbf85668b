import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Target } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { Icon } from '../parts/Icon.tsx';
import { NotInData } from './NotInData.tsx';

/** The question could not be answered. What was shown before stays. */
export function AnswerTrouble(props: { error: { readonly message: string } | null }): JSX.Element {
  return (
    <Show when={props.error}>
      {(error) => (
        <p class="note trouble-note" role="alert">
          <Icon name="failure" />
          This could not be computed: {error().message}
        </p>
      )}
    </Show>
  );
}

/** Shown until the first answer is there; where it could not be computed, that is said instead. */
export function Pending(props: { error: unknown; children: JSX.Element }): JSX.Element {
  return (
    <Show when={props.error === null}>
      <p class="quiet panel-pending">{props.children}</p>
    </Show>
  );
}

/** The service is there, but nothing of it matches what the view asks for. */
export function NoRequests(props: { target: Target }): JSX.Element {
  const app = useApp();
  const what = () => {
    const { service, endpoint, instance } = props.target;
    const of = endpoint === null ? service.name : `${endpoint} of ${service.name}`;
    return instance === null ? of : `${of} on ${instance}`;
  };
  const narrowed = () => {
    const view = app.view();
    const { from, to, last, chains, where, zones } = view;
    const single = [from, to, last, where].some((one) => one !== null);
    return single || chains.length > 0 || zones.length > 0;
  };
  const widened = {
    from: null,
    to: null,
    last: null,
    chains: [],
    where: null,
    zones: [],
    endpoint: null,
    instance: null,
  };
  return (
    <div class="empty-state">
      <p>
        <Show when={narrowed()} fallback={<>No request of {what()} is in the data.</>}>
          No request of {what()} starts in this timeframe and matches the filters.
        </Show>
      </p>
      <NotInData target={props.target} />
      <Show when={narrowed() || props.target.endpoint !== null || props.target.instance !== null}>
        <a class="button" href={app.href(widened)}>
          Show all its requests
        </a>
      </Show>
    </div>
  );
}
