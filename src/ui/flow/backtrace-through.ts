/** From a node of the flow to the backtrace of its service, upwards through the services that called it. */
import { linkTo } from '../../link/resolve.ts';
import type { ViewState } from '../../link/view-state.ts';
import { throughChain } from '../../model/answers.ts';
import type { ChainFilter, ChainPath } from '../../model/answers.ts';
import { sameService } from '../backtrace/tree-index.ts';
import type { FlowPlace } from './flow-figures.ts';

/**
 * What of the filters is about the chain goes on below it: the service of the node, called by way of `down`, and
 * above that as before. Where the flow begins at a caller, what lies below that caller is left out.
 */
export function backtraceThrough(view: ViewState, { path, down }: FlowPlace): Partial<ViewState> {
  const upwards = down.toReversed();
  const above = view.chains.flatMap((filter) => continued(filter, path, upwards));
  const through = above.some(({ exclude }) => !exclude) ? above : [throughChain(upwards), ...above];
  return {
    view: 'backtrace',
    ...linkTo(upwards[0]),
    tab: null,
    chains: upwards.length > 1 ? through : above,
  };
}

/** The filter as seen from the node; none where it parts from the path before its end. */
function continued(filter: ChainFilter, path: ChainPath, upwards: ChainPath): ChainFilter[] {
  const isAbove = path.every((step, at) => filter.path[at] && sameService(filter.path[at], step));
  if (!isAbove) return [];
  const rest = path.length - 1;
  return [
    {
      path: [...upwards.slice(0, -1), ...filter.path.slice(rest)],
      exclude: filter.exclude,
      steps: [...upwards.slice(1).map(() => null), ...filter.steps.slice(rest)],
    },
  ];
}
