/** The tabs of the panel of the selected node; add one: one line here. All are about the requests at the node. */
import type { Component } from 'solid-js';
import type { TabItem } from '../parts/Tabs.tsx';
import { CausesTab } from '../details/CausesTab.tsx';
import { ProxiesTab } from '../details/ProxiesTab.tsx';
import { ReferrersTab } from '../details/ReferrersTab.tsx';
import { StackTracesTab } from '../details/StackTracesTab.tsx';
import { TracesTab } from '../details/TracesTab.tsx';
import { NodeAnalyze } from './NodeAnalyze.tsx';
import { NodeFailures } from './NodeFailures.tsx';
import { NodeInstances } from './NodeInstances.tsx';
import { NodeOverview } from './NodeOverview.tsx';
import { NodeResponseTime } from './NodeResponseTime.tsx';
import type { NodeTabProps } from './node-tab-props.ts';

export interface NodeTab extends TabItem {
  readonly component: Component<NodeTabProps>;
}

/** The first is shown where the link names none. */
export const NODE_TABS: readonly [NodeTab, ...NodeTab[]] = [
  { slug: 'overview', title: 'Overview', component: NodeOverview },
  { slug: 'analyze', title: 'Analyze', component: NodeAnalyze },
  { slug: 'failures', title: 'Failures', component: NodeFailures },
  { slug: 'responseTime', title: 'Response time', component: NodeResponseTime },
  { slug: 'instances', title: 'Instances', component: NodeInstances },
  { slug: 'traces', title: 'Traces', component: TracesTab },
  { slug: 'causes', title: 'Causes', component: CausesTab },
  { slug: 'stacks', title: 'Stack traces', component: StackTracesTab },
  { slug: 'referrers', title: 'Referring pages', component: ReferrersTab },
  { slug: 'proxies', title: 'Proxies', component: ProxiesTab },
];
