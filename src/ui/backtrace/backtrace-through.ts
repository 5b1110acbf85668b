/** To another target, with what the view filters as seen from there. */
import { linkTo } from '../../link/resolve.ts';
import type { ViewState } from '../../link/view-state.ts';
import type { ChainFilter, ChainPath } from '../../model/answers.ts';
import type { Condition } from '../../model/conditions.ts';
import { textIs } from '../filter/narrow.ts';
import { sameService } from './tree-index.ts';

/** What is called below a node of the backtrace. */
export interface PlaceBelow {
  /** The node, the target service first. */
  readonly path: ChainPath;
  /** Its service, then what is called. */
  readonly down: ChainPath;
}

/**
 * The service at the end of `down`, as called by way of it; the chain filters go on above that. Of a node that is
 * not the target itself, what the view says of the target's requests is left out.
 */
export function backtraceThrough(view: ViewState, { path, down }: PlaceBelow): Partial<ViewState> {
  const upwards = down.toReversed();
  const above = view.chains.flatMap((filter) => continued(filter, path, upwards));
  const target = path.length === 1 ? targetCondition(view) : null;
  const through: ChainFilter = {
    path: upwards,
    exclude: false,
    steps: target === null ? [] : [...upwards.slice(1).map(() => null), target],
  };
  const isSaid = upwards.length === 1 || (target === null && above.some(({ exclude }) => !exclude));
  return {
    view: 'backtrace',
    ...linkTo(upwards[0]),
    endpoint: null,
    instance: null,
    where: null,
    tab: null,
    chains: isSaid ? above : [through, ...above],
  };
}

/** What narrows the target besides chains, timeframe and zones; null: nothing. */
function targetCondition({ endpoint, instance, where }: ViewState): Condition | null {
  const all = [
    ...(endpoint === null ? [] : [textIs('request:endpoint', endpoint)]),
    ...(instance === null ? [] : [textIs('request:instance', instance)]),
    ...(where === null ? [] : [where]),
  ];
  return all.length > 1 ? { kind: 'and', conditions: all } : (all[0] ?? null);
}

/** The filter as seen from the node; none where it parts from the path before its end. */
function continued(filter: ChainFilter, path: ChainPath, upwards: ChainPath): ChainFilter[] {
  const isAbove = path.every((step, at) => filter.path[at] && sameService(filter.path[at], step));
  if (!isAbove) return [];
  const rest = path.length - 1;
  const steps = [...upwards.slice(1).map(() => null), ...filter.steps.slice(rest)];
  const chain = [...upwards.slice(0, -1), ...filter.path.slice(rest)];
  const saysNothing = chain.length === 1 && steps.every((step) => step === null);
  return saysNothing ? [] : [{ path: chain, exclude: filter.exclude, steps }];
}
