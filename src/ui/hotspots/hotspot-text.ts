/** Hotspots in words. */
import type { HotspotFinding, HotspotNode } from '../../model/answers-hotspots.ts';
import type { ServiceRef, ServiceType } from '../../model/service.ts';
import { describeCount, describeCountOf, describeShare } from '../../util/text.ts';
import { shareOf } from './hotspot-rows.ts';

const ARTICLES: Readonly<Record<ServiceType, string>> = {
  application: 'the application ',
  'web server': 'the web server ',
  service: '',
  database: 'the database ',
  queue: 'the queue ',
  'third-party': 'the third party ',
  unmonitored: 'the unmonitored service ',
};

/** `cart`, `the database orders`. */
export function describeService({ name, type }: ServiceRef): string {
  return `${ARTICLES[type]}${name === '' ? '(no name)' : name}`;
}

/** Where most of the response time goes, and where down below, if that is somewhere else. */
export function describeHotspots(nodes: readonly HotspotNode[]): string {
  const [root] = nodes;
  const services = [root.service, ...(root.others ?? [])];
  const whose = services.map(describeService).join(' + ');
  if (root.timeNs === 0n) return `The requests of ${whose} bear no time.`;
  const callees = nodes.filter(({ caller }) => caller === 0);
  const slowest = callees.reduce((most, one) => (one.timeNs > most.timeNs ? one : most), callees[0]);
  if (!slowest || root.ownNs >= slowest.timeNs)
    return `${describeShare(shareOf(root.ownNs, root.timeNs))} of the response time of ${whose} is ${services.length === 1 ? 'its' : 'their'} own time.`;
  const first = `${describeShare(shareOf(slowest.timeNs, root.timeNs))} of the response time of ${whose} is spent waiting for ${describeService(slowest.service)}`;
  const busiest = nodes.reduce((most, one) => (one.ownNs > most.ownNs ? one : most));
  if (busiest === slowest) return `${first}.`;
  const share = describeShare(shareOf(busiest.ownNs, root.timeNs));
  return `${first}; the largest single part, ${share}, is the own time of ${describeService(busiest.service)}.`;
}

export interface FindingText {
  readonly title: string;
  /** Before and after the number of requests, which opens them. */
  readonly before: string;
  readonly after: string;
}

/** `totalNs`: response time of all requests that the hotspots are about. */
export function describeFinding(finding: HotspotFinding, totalNs: bigint): FindingText {
  const { key, requests, calls, mostCalls, timeNs } = finding;
  const share = `${describeShare(shareOf(timeNs, totalNs))} of the response time`;
  switch (key.kind) {
    case 'repeated':
      return {
        title: 'Repeated calls (N+1)',
        before: `${describeService(key.caller)} calls ${endpointName(key.endpoint)} of ${describeService(key.callee)} again and again, one call after another: in `,
        after: `, ${describeCountOf(calls, 'call')}, ${describeAverage(calls, requests)} on average and ${describeCount(mostCalls)} at most; ${share}. One call that asks for everything could save most of it.`,
      };
    case 'sequential':
      return {
        title: 'Calls one after another',
        before: `${describeService(key.caller)} calls ${describeService(key.first)} and, when that has ended, ${describeService(key.second)}: in `,
        after: `${calls === requests ? '' : `, ${describeCountOf(calls, 'time')}`}. If the second needs nothing that the first one gives, they could be made at once; that would save ${share} at most.`,
      };
    case 'statement':
      return {
        title: 'Database statement',
        before: `${endpointName(key.endpoint)} of ${describeService(key.callee)}, waited for in `,
        after: `: ${share}.`,
      };
  }
}

function endpointName(endpoint: string): string {
  return endpoint === '' ? '(no name)' : `“${endpoint}”`;
}

function describeAverage(calls: number, requests: number): string {
  return (calls / requests).toFixed(1).replace(/\.0$/, '');
}
