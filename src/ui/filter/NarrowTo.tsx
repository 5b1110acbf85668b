import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { Condition } from '../../model/conditions.ts';
import { useApp } from '../../state/app.ts';
import { Icon } from '../parts/Icon.tsx';
import { describeCondition } from './describe-filter.ts';
import { backtraceFrom, narrowTo } from './narrow.ts';

export interface NarrowToProps {
  /** The step whose requests are meant: the target service first. */
  readonly path: ChainPath;
  readonly condition: Condition;
}

/** Goes to the backtrace of the requests that a figure is about: by a filter, or from the caller itself. */
export function NarrowTo(props: NarrowToProps): JSX.Element {
  const app = useApp();
  const service = () => props.path[props.path.length - 1];
  const words = () => describeCondition(props.condition);
  return (
    <span class="narrow-to">
      <a
        class="icon-button"
        href={app.href(narrowTo(app.view(), props.path, [props.condition]))}
        aria-label={`Filter by this: ${words()}`}
        title={`Filter by this: ${words()}`}
      >
        <Icon name="filter" />
      </a>
      <Show when={props.path.length > 1}>
        <a
          class="icon-button"
          href={app.href(backtraceFrom(service(), [props.condition]))}
          aria-label={`Backtrace from this: ${service().name}, ${words()}`}
          title={`Backtrace from this: ${service().name}, ${words()}`}
        >
          <Icon name="backtrace" />
        </a>
      </Show>
    </span>
  );
}
