import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Attributes } from '../../model/span.ts';
import { describeCount } from '../../util/text.ts';

/** Keys and values as they were read, by key. Never more than text. */
export function AttributeList(props: { title?: string; attributes: Attributes }): JSX.Element {
  const entries = () => [...props.attributes].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return (
    <section class="span-section">
      <Show when={props.title}>
        <h3>
          {props.title} ({describeCount(props.attributes.size)})
        </h3>
      </Show>
      <Show when={entries().length > 0} fallback={props.title ? <p class="quiet">None.</p> : null}>
        <dl class="attribute-list">
          <For each={entries()}>
            {([key, { value }]) => (
              <>
                <dt>{key === '' ? '(no name)' : key}</dt>
                <dd classList={{ 'long-value': String(value).includes('\n') }}>
                  {value === '' ? <span class="quiet">(empty)</span> : String(value)}
                </dd>
              </>
            )}
          </For>
        </dl>
      </Show>
    </section>
  );
}
