/** Everything that a link shares: the whole of what the screen shows, by names and never by row numbers. */
import type { Ruleset } from '../model/ruleset.ts';
import type { ChainFilter, ChainPath, ZoneFilter } from '../model/answers.ts';
import type { EvidenceSelection } from '../model/answers-evidence.ts';
import type { Condition } from '../model/conditions.ts';
import type { Measure, RequestKind, Split } from '../model/answers-top.ts';
import type { ServiceRef, ServiceType } from '../model/service.ts';
import type { LinkData } from './link-data.ts';
import type { OtherSide } from './other-side.ts';

export type { LinkData };

export const VIEWS = ['start', 'services', 'requests', 'service', 'backtrace', 'trace', 'summary'] as const;
export type ViewName = (typeof VIEWS)[number];

export interface Sort {
  /** Key of a column of the view's main table; unknown keys fall back to the table's own order. */
  readonly column: string;
  readonly descending: boolean;
}

export interface ViewState {
  readonly view: ViewName;
  /** null: whatever dataset is open. */
  readonly data: LinkData | null;
  /** Displayed name of the target service. */
  readonly service: string | null;
  /** null: the traced service of that name, else the first inferred one by type (see resolve.ts). */
  readonly type: ServiceType | null;
  /** Services whose requests are analysed together with those of the target service. */
  readonly others: readonly ServiceRef[];
  readonly endpoint: string | null;
  readonly instance: string | null;
  /** Selected node of the backtrace: target first, then callers outward. null: the target itself. */
  readonly node: ChainPath | null;
  /** Chain filters; all must hold. */
  readonly chains: readonly ChainFilter[];
  /** About the target requests; on the lists of services and of top requests, about all. null: any. */
  readonly where: Condition | null;
  /** Resource attributes of the target requests; all must hold. */
  readonly zones: readonly ZoneFilter[];
  /** Absolute ns, inclusive. null: open side. */
  readonly from: bigint | null;
  /** Absolute ns, exclusive. null: open side. */
  readonly to: bigint | null;
  /** ms before the end of the data; only where from and to are null. */
  readonly last: number | null;
  /** What counts as failed; null: the rules of SEMANTICS.md §7. */
  readonly rules: Ruleset | null;
  /** Counts as estimates of the whole, where the data has sampling weights. */
  readonly extrapolated: boolean;
  readonly search: string;
  readonly sort: Sort | null;
  /** Tab of the screen. */
  readonly tab: string | null;
  /** Tab of the panel of the selected node. */
  readonly panel: string | null;
  /** Chart mode. */
  readonly mode: string | null;
  /** Which requests the list of top requests is of; null: its default, as the following. */
  readonly kind: RequestKind | null;
  /** What it splits them by: one or two. */
  readonly splits: readonly Split[] | null;
  readonly measure: Measure | null;
  /** How many groups it tells one by one. */
  readonly top: number | null;
  /** Opened nodes of the tree; null: the screen's own choice. */
  readonly expanded: readonly ChainPath[] | null;
  /** Whose requests the tabs of the analysis are about: those at the selected node; null: the target's. */
  readonly subject: 'caller' | null;
  /** Selected node of the service flow: what it begins with first, then what is called. null: the first. */
  readonly flow: ChainPath | null;
  /** Opened nodes of the service flow; null: the screen's own choice. */
  readonly flowOpen: readonly ChainPath[] | null;
  /** Opened places of the hotspots, downwards from whose they are. */
  readonly hotspotsOpen: readonly ChainPath[];
  /** What the view is compared with, on its tab Compare; null: nothing yet. */
  readonly other: OtherSide | null;
  /** The number whose requests are listed; null: none. */
  readonly evidence: EvidenceSelection | null;
  /** Of that list; its columns are EVIDENCE_SORTS. */
  readonly evidenceSort: Sort | null;
  /** The trace that is shown: 32 hex digits. */
  readonly trace: string | null;
  /** Its selected span: 16 hex digits; null: the first. */
  readonly span: string | null;
}

export const DEFAULT_VIEW: ViewState = {
  view: 'start',
  data: null,
  service: null,
  type: null,
  others: [],
  endpoint: null,
  instance: null,
  node: null,
  chains: [],
  where: null,
  zones: [],
  from: null,
  to: null,
  last: null,
  rules: null,
  extrapolated: false,
  search: '',
  sort: null,
  tab: null,
  panel: null,
  mode: null,
  kind: null,
  splits: null,
  measure: null,
  top: null,
  expanded: null,
  subject: null,
  flow: null,
  flowOpen: null,
  hotspotsOpen: [],
  other: null,
  evidence: null,
  evidenceSort: null,
  trace: null,
  span: null,
};

const OF_THE_VIEW = [
  'search',
  'sort',
  'tab',
  'panel',
  'mode',
  'kind',
  'splits',
  'measure',
  'top',
  'expanded',
  'flow',
  'flowOpen',
  'hotspotsOpen',
  'other',
  'evidence',
  'trace',
  'span',
] as const;
const OF_THE_SERVICE = [
  'type',
  'others',
  'endpoint',
  'instance',
  'node',
  'chains',
  'expanded',
  'subject',
  'other',
  'evidence',
] as const;
const OF_THE_TARGET = ['node', 'expanded', 'evidence'] as const;

/** What is selected and opened below whose requests these are. */
const OF_THE_FLOW = ['flow', 'flowOpen', 'hotspotsOpen'] as const;
const TARGET_FIELDS = ['others', 'endpoint', 'instance'] as const;
const OF_THE_TAB = ['sort', 'evidence'] as const;

/**
 * The view after a change. What belongs to the view or service that is left falls back to its default:
 * search, sort, tabs, mode and opened nodes with the view; the selected node, endpoint, instance, conditions and chain
 * filters with the service; what is selected or opened in a service flow or hotspots with whose they are; the sort with the tab; the list of evidence
 * with all of these; the trace with the view, and the selected span with the trace. The timeframe, the zones and the
 * failure rules stay, and the conditions that were put to all services go along to the one that is chosen
 * there.
 * What the patch names always wins.
 */
export function changeView(view: ViewState, patch: Partial<ViewState>): ViewState {
  const dropped = new Set<keyof ViewState>();
  if (patch.view !== undefined && patch.view !== view.view) for (const key of OF_THE_VIEW) dropped.add(key);
  if (differs(view, patch, 'service') || differs(view, patch, 'type'))
    for (const key of OF_THE_SERVICE) dropped.add(key);
  const ofAllServices = view.view === 'services' || view.view === 'requests';
  if (!ofAllServices && differs(view, patch, 'service')) dropped.add('where');
  if (TARGET_FIELDS.some((key) => differs(view, patch, key)))
    for (const key of OF_THE_TARGET) dropped.add(key);
  if (differs(view, patch, 'tab') || differs(view, patch, 'panel'))
    for (const key of OF_THE_TAB) dropped.add(key);
  if (dropped.has('node') || differs(view, patch, 'node') || differs(view, patch, 'subject'))
    for (const key of OF_THE_FLOW) dropped.add(key);
  if (dropped.has('evidence') || differs(view, patch, 'evidence')) dropped.add('evidenceSort');
  if (differs(view, patch, 'trace')) dropped.add('span');
  const defaults = Object.fromEntries([...dropped].map((key) => [key, DEFAULT_VIEW[key]]));
  const changed: ViewState = { ...view, ...defaults, ...patch };
  return changed.from !== null || changed.to !== null ? { ...changed, last: null } : changed;
}

function differs(view: ViewState, patch: Partial<ViewState>, key: keyof ViewState): boolean {
  return key in patch && patch[key] !== view[key];
}
