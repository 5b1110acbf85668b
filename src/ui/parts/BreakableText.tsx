import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';

/** UTF-16 units; what is longer is prose or a statement, which has spaces. */
const LONGEST = 400;

/** A key, class name or path, which may break behind its dots and the like rather than within a word. */
export function BreakableText(props: { text: string }): JSX.Element {
  const parts = () =>
    props.text.length > LONGEST ? [props.text] : props.text.split(/(?<=[._/-])(?=[^._/-])/);
  return (
    <For each={parts()}>
      {(part, at) => (
        <>
          <Show when={at() > 0}>
            <wbr />
          </Show>
          {part}
        </>
      )}
    </For>
  );
}
