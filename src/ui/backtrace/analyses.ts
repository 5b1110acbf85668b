/** Where the analysis of a step goes on: for the service at the step, and for the analysed service. */
import type { ViewState } from '../../link/view-state.ts';
import { throughChain } from '../../model/answers.ts';
import type { ChainFilter, ChainPath } from '../../model/answers.ts';
import { isSamePath } from '../filter/narrow.ts';

export interface Analysis {
  readonly title: string;
  readonly text: string;
  readonly view: Partial<ViewState>;
}

interface Kind {
  readonly title: string;
  readonly text: string;
  /** A tab of the screen, or one of the panel of the selected step. */
  readonly opens: Pick<Partial<ViewState>, 'tab'> | Pick<Partial<ViewState>, 'panel'>;
}

const KINDS: readonly Kind[] = [
  {
    title: 'Service flow',
    text: 'What they call, downwards, and what that contributes to their response time.',
    opens: { tab: 'flow' },
  },
  {
    title: 'Details of failure',
    text: 'Failures over time, their reasons and causes, the endpoints and chains they affect.',
    opens: { tab: 'failures' },
  },
  { title: 'Distributed traces', text: 'The list of them, each with its trace.', opens: { panel: 'traces' } },
  {
    title: 'Response time',
    text: 'Over time by percentile, and how it is distributed.',
    opens: { panel: 'responseTime' },
  },
  {
    title: 'Hotspots',
    text: 'Where their response time goes: own time, callees, statements.',
    opens: { tab: 'hotspots' },
  },
  {
    title: 'Outliers',
    text: 'What sets the slowest and the failed ones apart from the others.',
    opens: { tab: 'outliers' },
  },
];

/** Of the requests of the step that led to the target's. */
export function analysesOfCaller(path: ChainPath): readonly Analysis[] {
  return KINDS.map(({ title, text, opens }): Analysis => {
    const whose: Partial<ViewState> = 'panel' in opens ? { tab: null } : { subject: 'caller' };
    return { title, text, view: { ...opens, ...whose, node: path } };
  });
}

/** Of the target's requests that came through the step. */
export function analysesOfTarget(view: ViewState, path: ChainPath): readonly Analysis[] {
  const chains = withChain(view.chains, path);
  return KINDS.map(({ title, text, opens }): Analysis => {
    const whose: Partial<ViewState> = 'panel' in opens ? { tab: null, node: null } : { subject: null };
    return { title, text, view: { ...opens, ...whose, chains } };
  });
}

/** The filters with “only through this chain”; the path of the target alone says nothing. */
export function withChain(chains: readonly ChainFilter[], path: ChainPath): readonly ChainFilter[] {
  return path.length === 1 || chains.some((chain) => isThrough(chain, path))
    ? chains
    : [...chains, throughChain(path)];
}

/** Is it “only through this chain”, and no more? */
function isThrough({ path, exclude, steps }: ChainFilter, wanted: ChainPath): boolean {
  return !exclude && steps.every((step) => step === null) && isSamePath(path, wanted);
}
