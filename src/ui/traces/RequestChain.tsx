import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { TraceAnswer, TraceRequest } from '../../model/answers-spans.ts';
import type { ChainEnd } from '../../model/service.ts';
import { Icon } from '../parts/Icon.tsx';
import { TraceLink } from './TraceLink.tsx';
import { chainOf } from './trace-figures.ts';

const BEGINNINGS: Readonly<Record<ChainEnd, string>> = {
  userAction: 'begins with a user action',
  entryPoint: 'begins at an entry point',
  callerMissing: 'breaks off: the caller is named but not in the data',
};

export interface RequestChainProps {
  readonly answer: TraceAnswer;
  /** Place of the request that the selected span is part of, or stands for; null: none. */
  readonly request: number | null;
  readonly onSelect: (span: number) => void;
}

/** The callers that led to the request of the selected span, the far end first. */
export function RequestChain(props: RequestChainProps): JSX.Element {
  const chain = () => chainOf(props.answer, props.request);
  const end = () => chain()[0]?.end ?? null;
  return (
    <nav class="request-chain" aria-label="Chain of the selected span's request">
      <ol>
        <For each={chain()}>
          {(request) => (
            <li classList={{ 'has-failures': request.failed }} title={describe(request)}>
              <Show when={request.failed}>
                <Icon name="failure" />
                <span class="visually-hidden">failed: </span>
              </Show>
              <ChainStep request={request} onSelect={props.onSelect} />
            </li>
          )}
        </For>
      </ol>
      <Show when={end()}>{(kind) => <span class="quiet">{BEGINNINGS[kind()]}</span>}</Show>
    </nav>
  );
}

function ChainStep(props: { request: TraceRequest; onSelect: (span: number) => void }): JSX.Element {
  const text = () => `${props.request.service.name}: ${props.request.endpoint || '(no name)'}`;
  return (
    <Show
      when={props.request.span !== null}
      fallback={
        <TraceLink traceId={props.request.traceId} spanId={props.request.spanId}>
          {text()} (another trace)
        </TraceLink>
      }
    >
      <button type="button" class="chain-button" onClick={() => props.onSelect(props.request.span ?? 0)}>
        {text()}
      </button>
    </Show>
  );
}

function describe({ service, endpoint, failed, reason }: TraceRequest): string {
  const outcome = failed ? `failed: ${reason}` : 'succeeded';
  return `${service.name} (${service.type}), ${endpoint}: ${outcome}`;
}
