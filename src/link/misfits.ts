/** Parts of a link that can be read but do not fit its other parts: reported and ignored, like damaged ones. */
import type { ChainPath } from '../model/answers.ts';
import { writeChain } from './chain-text.ts';
import { writeChainFilter } from './filter-text.ts';
import type { DecodedLink } from './hash.ts';
import { writeInstant } from './instant-text.ts';
import type { ViewState } from './view-state.ts';

/** Drops what does not fit and adds a sentence about each part to the problems. Needs no data. */
export function withoutMisfits(link: DecodedLink): DecodedLink {
  const problems: string[] = [];
  const view = { ...link.view };
  if (view.service === '') {
    problems.push('The part “service=” of the link names no service and is ignored.');
    view.service = null;
  }
  dropReversedTimeframe(view, problems);
  dropForeignChains(view, problems);
  if (problems.length === 0) return link;
  return { ...link, view, problems: [...link.problems, ...problems] };
}

/** Keys of the link that name steps of a tree. */
export type StepKey = 'node' | 'open' | 'flow' | 'flowOpen';

/** The sentence about a chain that is not in the data, where only the data can tell. */
export function describeLostStep(key: StepKey, path: ChainPath): string {
  const tree = key === 'node' || key === 'open' ? 'backtrace' : 'service flow';
  return `The part “${key}=${writeChain(path)}” of the link names no step of this ${tree} and is ignored.`;
}

type Draft = { -readonly [Name in keyof ViewState]: ViewState[Name] };

function dropReversedTimeframe(view: Draft, problems: string[]): void {
  const { from, to } = view;
  if (from === null || to === null || from < to) return;
  const part = `from=${writeInstant(from)}&to=${writeInstant(to)}`;
  problems.push(
    `The part “${part}” of the link is no timeframe, as it ends before it starts, and is ignored.`,
  );
  view.from = null;
  view.to = null;
}

/** Every chain is read from the service of the link outwards. */
function dropForeignChains(view: Draft, problems: string[]): void {
  const startsHere = (path: ChainPath, part: string) => {
    const { name, type } = path[0];
    if (name === view.service && (view.type === null || view.type === type)) return true;
    problems.push(`The part “${part}” of the link does not start at its service and is ignored.`);
    return false;
  };
  const fits = (key: string) => (path: ChainPath) => startsHere(path, `${key}=${writeChain(path)}`);
  view.chains = view.chains.filter((chain) => startsHere(chain.path, `chain=${writeChainFilter(chain)}`));
  if (view.node !== null && !fits('node')(view.node)) view.node = null;
  if (view.expanded === null || view.expanded.length === 0) return;
  const expanded = view.expanded.filter(fits('open'));
  view.expanded = expanded.length === 0 ? null : expanded;
}
