/** What can be done with a step of the backtrace, as its menu offers it. */
import { linkTo } from '../../link/resolve.ts';
import type { ViewState } from '../../link/view-state.ts';
import type { BacktraceNode, ChainPath } from '../../model/answers.ts';
import type { EvidenceCount } from '../../model/answers-evidence.ts';
import type { App } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import { excludeChain } from '../filter/narrow.ts';
import { copyLink } from '../parts/copy-link.ts';
import { countedInData } from '../parts/estimates.ts';
import type { IconName } from '../parts/Icon.tsx';
import type { MenuItem } from '../parts/Menu.tsx';
import { analysesOfCaller, analysesOfTarget, withChain } from './analyses.ts';
import { backtraceThrough } from './backtrace-through.ts';
import { showNodePanel } from './node-panel-sight.ts';

/** Groups of them; `path` names the node, the chosen service first. */
export function treeActions(
  app: App,
  path: ChainPath,
  node: BacktraceNode,
): readonly (readonly MenuItem[])[] {
  const view = app.view();
  const isRoot = path.length === 1;
  const to = (title: string, icon: IconName, patch: Partial<ViewState>): MenuItem => ({
    title,
    icon,
    does: { href: app.href(patch) },
  });
  const { name } = node.service;
  const analyses = isRoot ? analysesOfTarget(view, path) : analysesOfCaller(path);
  const groups = [
    isRoot ? [] : chainItems(view, path, to),
    evidenceItems(path, node, to),
    [
      ...analyses.map(({ title, view: patch }) => ({
        ...to(title, 'right', patch),
        ...('panel' in patch ? { after: showNodePanel } : {}),
      })),
      ...(isRoot
        ? []
        : [to(`Backtrace of ${name}`, 'backtrace', backtraceThrough(view, { path, down: [node.service] }))]),
      to(`Service ${name}`, 'service', { view: 'service', ...linkTo(node.service) }),
    ],
    [
      {
        title: 'Copy the link to this step',
        icon: 'link' as const,
        does: () => void copyLink(app, { node: isRoot ? null : path }),
      },
    ],
  ];
  return groups.filter((group) => group.length > 0);
}

type ToItem = (title: string, icon: IconName, patch: Partial<ViewState>) => MenuItem;

function chainItems(view: ViewState, path: ChainPath, to: ToItem): readonly MenuItem[] {
  const chains = withChain(view.chains, path);
  return [
    ...(chains === view.chains
      ? []
      : [to('Show only requests through this chain', 'filter', { chains, node: path })]),
    to('Exclude this chain', 'close', excludeChain(view, path)),
  ];
}

/** The numbers of the row that open requests, as far as they differ. */
function evidenceItems(path: ChainPath, node: BacktraceNode, to: ToItem): readonly MenuItem[] {
  const counts = countedInData(node);
  const behind = (count: EvidenceCount, title: string): MenuItem =>
    to(title, 'files', { evidence: { place: { kind: 'node', path }, count } });
  const of = (count: number, words: string) => `${describeCountOf(count, 'request')} ${words}`;
  return [
    behind('requests', of(counts.requests, 'here')),
    ...(counts.failedRequests === 0
      ? []
      : [behind('failedRequests', of(counts.failedRequests, 'here that failed'))]),
    ...(path.length === 1 ? [] : [behind('calls', of(counts.calls, `of ${path[0].name} through here`))]),
    ...(path.length === 1 || counts.failedCalls === 0
      ? []
      : [behind('failedCalls', of(counts.failedCalls, `of ${path[0].name} through here that failed`))]),
  ];
}
