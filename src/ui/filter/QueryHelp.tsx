import { For, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import { createPopover } from '../parts/create-popover.ts';
import { Icon } from '../parts/Icon.tsx';

const EXAMPLES = [
  ['duration > 500ms && request:failed = true', 'Slow and failed requests'],
  ['span.http.response.status_code >= 500', 'Answered by a server error'],
  ['request:endpoint =~ ".*cart.*" && kind != client', 'Endpoints with “cart” in the name'],
] as const;

/** What the query bar takes, with examples to begin with. */
export function QueryHelp(props: { onExample: (text: string) => void }): JSX.Element {
  const popover = createPopover();
  const id = createUniqueId();
  return (
    <div class="popover-host" {...popover.root}>
      <button
        type="button"
        class="icon-button"
        aria-label="Help for the query"
        aria-expanded={popover.opened()}
        aria-controls={id}
        ref={popover.button}
        onClick={popover.toggle}
      >
        <Icon name="info" />
      </button>
      <div class="popover query-help" id={id} hidden={!popover.opened()} ref={popover.panel}>
        <p>
          Conditions in TraceQL’s notation, as in Grafana Tempo: an attribute, a comparison, a value, joined
          by <code>&amp;&amp;</code> and <code>||</code>. They are about the request’s own span and its
          resource.
        </p>
        <ul class="query-examples">
          <For each={EXAMPLES}>
            {([text, meaning]) => (
              <li>
                <button
                  type="button"
                  class="query-example"
                  onClick={() => {
                    popover.close();
                    props.onExample(text);
                  }}
                >
                  <code>{text}</code>
                  <span class="quiet">{meaning}</span>
                </button>
              </li>
            )}
          </For>
        </ul>
        <p class="quiet">
          Attributes: <code>span.key</code>, <code>resource.key</code>, or <code>.key</code> for either;{' '}
          <code>span."odd key"</code>. Texts stand in quotes; <code>=~</code> takes a regular expression that
          must match the whole text; <code>= nil</code> finds what is missing. The arrow keys choose a
          completion, Enter takes it or applies the query.
        </p>
      </div>
    </div>
  );
}
