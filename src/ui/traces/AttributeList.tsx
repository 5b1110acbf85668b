import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { AttributeScope, Condition, ConditionValue } from '../../model/conditions.ts';
import type { ServiceRef } from '../../model/service.ts';
import type { AttributeValue, Attributes } from '../../model/span.ts';
import { useApp } from '../../state/app.ts';
import { describeCount } from '../../util/text.ts';
import { describeCondition } from '../filter/describe-filter.ts';
import { backtraceFrom } from '../filter/narrow.ts';
import { Icon } from '../parts/Icon.tsx';

export interface AttributeListProps {
  readonly title?: string;
  readonly attributes: Attributes;
  /** Whose requests bear them on their own span, or its resource; left out or null: no request's. */
  readonly of?: { readonly service: ServiceRef; readonly scope: AttributeScope } | null;
}

/** Keys and values as they were read, by key. Never more than text. */
export function AttributeList(props: AttributeListProps): JSX.Element {
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
            {([key, attribute]) => (
              <>
                <dt>{key === '' ? '(no name)' : key}</dt>
                <dd classList={{ 'long-value': String(attribute.value).includes('\n') }}>
                  {attribute.value === '' ? (
                    <span class="quiet">(empty)</span>
                  ) : (
                    <span>{String(attribute.value)}</span>
                  )}
                  <Show when={props.of}>
                    {(of) => (
                      <FromAttribute
                        service={of().service}
                        condition={conditionOf(of().scope, key, attribute)}
                      />
                    )}
                  </Show>
                </dd>
              </>
            )}
          </For>
        </dl>
      </Show>
    </section>
  );
}

function FromAttribute(props: { service: ServiceRef; condition: Condition | null }): JSX.Element {
  const app = useApp();
  return (
    <Show when={props.condition}>
      {(condition) => (
        <a
          class="icon-button attribute-action"
          href={app.href(backtraceFrom(props.service, [condition()]))}
          aria-label={`Backtrace from this: ${props.service.name}, ${describeCondition(condition())}`}
          title={`Backtrace of ${props.service.name} where ${describeCondition(condition())}`}
        >
          <Icon name="backtrace" />
        </a>
      )}
    </Show>
  );
}

/** Longer texts may have been cut, and make links that nobody can send. */
const LONGEST_TEXT = 1000;

/** null: no value that conditions know. */
function conditionOf(scope: AttributeScope, key: string, attribute: AttributeValue): Condition | null {
  const value = conditionValue(attribute);
  return value && { kind: 'compare', field: { kind: 'attribute', scope, key }, comparison: '=', value };
}

function conditionValue({ type, value }: AttributeValue): ConditionValue | null {
  if (typeof value === 'boolean') return { kind: 'boolean', boolean: value };
  if (type === 'string') return value.length > LONGEST_TEXT ? null : { kind: 'text', text: value };
  const number = Number(value);
  const exact = type === 'double' || (type === 'int' && Number.isSafeInteger(number));
  return exact && Number.isFinite(number) ? { kind: 'number', number } : null;
}
