import { Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { linkTo } from '../../link/resolve.ts';
import { nameOfServices } from '../../model/service.ts';
import type { ChainPath } from '../../model/answers.ts';
import type { HotspotNode, HotspotsAnswer } from '../../model/answers-hotspots.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeDuration, describeShare } from '../../util/text.ts';
import { sameService } from '../backtrace/tree-index.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Meter } from '../parts/Meter.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { indexHotspots, openPlaces, visibleRows } from './hotspot-rows.ts';
import type { HotspotRow } from './hotspot-rows.ts';
import { DEFINITIONS } from '../definitions.ts';

/** Places deeper than this are not indented further: the name needs its room. */
const MAX_INDENT = 12;

const NAME_OF_OWN = 'own time';

/** Where the response time goes: own time and callees, each of which can be opened further. */
export function HotspotTable(props: { answer: HotspotsAnswer }): JSX.Element {
  const app = useApp();
  const index = createMemo(() => indexHotspots(props.answer.nodes));
  const open = createMemo(() => openPlaces(index(), app.view().hotspotsOpen));
  const toggle = (row: HotspotRow) => {
    const others = app.view().hotspotsOpen.filter((path) => !samePath(path, row.path));
    const hotspotsOpen = open().has(row.at) ? others : [...others, row.path];
    app.navigate({ hotspotsOpen }, 'replace');
  };
  const behind = (row: HotspotRow, count: number, waits?: 'waitedFor') => (
    <Show when={!row.own}>
      <EvidenceLink
        selection={{
          place: { kind: 'flow', path: props.answer.path, down: row.path },
          count: 'requests',
          ...(waits && { waits }),
        }}
        count={count}
      >
        {describeCount(count)}
      </EvidenceLink>
    </Show>
  );
  const columns: readonly Column<HotspotRow>[] = [
    {
      key: 'part',
      title: 'Part',
      sortBy: (row) => (row.own ? '' : row.node.service.name),
      value: (row) => [...row.path.map(({ name }) => name), ...(row.own ? [NAME_OF_OWN] : [])].join(' > '),
      cell: (row) => <PartName row={row} open={open().has(row.at)} onToggle={() => toggle(row)} />,
    },
    {
      key: 'share',
      title: 'Share',
      hint: DEFINITIONS.hotspotShare,
      numeric: true,
      class: 'col-share',
      sortBy: (row) => Number(row.timeNs),
      value: (row) => row.share,
      cell: (row) => <Meter share={row.share} />,
    },
    {
      key: 'time',
      title: 'Time',
      hint: DEFINITIONS.hotspotTime,
      numeric: true,
      sortBy: (row) => Number(row.timeNs),
      value: (row) => Number(row.timeNs) / 1e6,
      cell: (row) => describeDuration(Number(row.timeNs) / 1e6),
    },
    {
      key: 'median',
      title: 'Median share',
      hint: DEFINITIONS.hotspotMedianShare,
      numeric: true,
      sortBy: (row) => sharesOf(row)?.median ?? -1,
      value: (row) => sharesOf(row)?.median ?? '',
      cell: (row) => describeShareOrNone(sharesOf(row)?.median),
    },
    {
      key: 'p95',
      title: 'p95 share',
      hint: DEFINITIONS.hotspotP95Share,
      numeric: true,
      sortBy: (row) => sharesOf(row)?.p95 ?? -1,
      value: (row) => sharesOf(row)?.p95 ?? '',
      cell: (row) => describeShareOrNone(sharesOf(row)?.p95),
    },
    {
      key: 'requests',
      title: 'Requests',
      hint: DEFINITIONS.hotspotRequests,
      numeric: true,
      sortBy: (row) => (row.own ? 0 : row.node.requests),
      cell: (row) => behind(row, row.node.requests),
    },
    {
      key: 'waitedFor',
      title: 'Waited for',
      hint: DEFINITIONS.waitedFor,
      numeric: true,
      sortBy: (row) => (row.own ? 0 : row.node.waitedFor),
      cell: (row) => behind(row, row.node.waitedFor, 'waitedFor'),
    },
  ];
  return (
    <Table
      label="Where the response time goes"
      columns={columns}
      rows={visibleRows(index(), open())}
      depth={(row) => row.depth}
      sort={app.view().sort}
      defaultSort={{ column: 'time', descending: true }}
      onSort={(sort) => app.navigate({ sort }, 'replace')}
      empty="No request."
    />
  );
}

function sharesOf({ own, node, depth }: HotspotRow): HotspotNode['shares'] {
  return own === node.caller < 0 && depth === 0 ? node.shares : null;
}

function describeShareOrNone(share: number | undefined): string {
  return share === undefined ? '' : describeShare(share);
}

function samePath(a: ChainPath, b: ChainPath): boolean {
  return a.length === b.length && a.every((step, at) => sameService(step, b[at]));
}

interface PartNameProps {
  readonly row: HotspotRow;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Own time of a place, or a callee, which opens its backtrace. */
function PartName(props: PartNameProps): JSX.Element {
  const app = useApp();
  const name = () => nameOfServices(props.row.node);
  return (
    <span class="hotspot-part">
      <span class="tree-indent" style={{ '--steps': Math.min(MAX_INDENT, props.row.depth) }} />
      <Show when={props.row.expandable} fallback={<span class="hotspot-leaf" />}>
        <button
          type="button"
          class="icon-button hotspot-toggle"
          aria-expanded={props.open}
          aria-label={`What ${name()} waits for`}
          onClick={() => props.onToggle()}
        >
          <Icon name={props.open ? 'down' : 'right'} />
        </button>
      </Show>
      <Show
        when={!props.row.own}
        fallback={
          <span class="quiet elide" title={`Time that none of the callees of ${name()} accounts for`}>
            Own time of {name()}
          </span>
        }
      >
        <a
          class="row-link"
          href={app.href({ view: 'backtrace', ...linkTo(props.row.node.service) })}
          title={`Backtrace of ${name()}`}
        >
          <ServiceName service={props.row.node.service} others={props.row.node.others} />
        </a>
      </Show>
    </span>
  );
}
