import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ServiceRow } from '../../model/answers.ts';
import { isInferred } from '../../model/service.ts';
import type { ServiceRef } from '../../model/service.ts';
import type { TopPlace } from '../../model/answers-evidence.ts';
import { describeDuration } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { Count } from '../parts/Count.tsx';
import { countedInData } from '../parts/estimates.ts';
import { FailureRate } from '../parts/FailureRate.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Meter } from '../parts/Meter.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import type { Column } from '../parts/Table.tsx';
import { DEFINITIONS } from '../definitions.ts';

/** No target: the screen is about the requests of all services. */
function placeOf(service: ServiceRef): TopPlace {
  return {
    kind: 'top',
    of: 'all',
    splits: [{ kind: 'fact', name: 'service' }],
    values: [{ value: service.name, service }],
  };
}

/** `href` gives the link to a screen about a service. */
export function serviceColumns(
  href: (view: 'service' | 'backtrace', service: ServiceRef) => string,
): readonly Column<ServiceRow>[] {
  const behind = (row: ServiceRow, count: 'requests' | 'failedRequests', text: JSX.Element) => (
    <EvidenceLink selection={{ place: placeOf(row.service), count }} count={countedInData(row)[count]}>
      {text}
    </EvidenceLink>
  );
  return [
    {
      key: 'name',
      title: 'Service',
      class: 'col-name',
      sortBy: (row) => row.service.name,
      cell: (row) => (
        <a class="row-link" href={href('service', row.service)}>
          <ServiceName service={row.service} />
        </a>
      ),
    },
    {
      key: 'type',
      title: 'Type',
      hint: DEFINITIONS.inferred,
      class: 'col-type',
      sortBy: (row) => row.service.type,
      cell: (row) => (
        <>
          {row.service.type}
          {/* one of the two: that a span is missing says that it is inferred, and the figures need the room */}
          <Show
            when={row.tracedTwin}
            fallback={
              <Show when={isInferred(row.service.type)}>
                {' '}
                <span class="tag">inferred</span>
              </Show>
            }
          >
            {' '}
            <span
              class="tag tag-warn"
              title="Inferred from the calls of others, and a traced service bears the same name or address"
            >
              called here, span missing
            </span>
          </Show>
        </>
      ),
    },
    {
      key: 'requests',
      title: 'Requests',
      numeric: true,
      sortBy: (row) => row.requests,
      cell: (row) => behind(row, 'requests', <Count row={row} of="requests" />),
      value: (row) => countedInData(row).requests,
    },
    {
      key: 'failed',
      title: 'Failed',
      hint: DEFINITIONS.failedRequests,
      numeric: true,
      sortBy: (row) => row.failedRequests,
      cell: (row) => behind(row, 'failedRequests', <Count row={row} of="failedRequests" />),
      value: (row) => countedInData(row).failedRequests,
    },
    {
      key: 'failureRate',
      title: 'Failure rate',
      hint: DEFINITIONS.failureRate,
      numeric: true,
      sortBy: (row) => row.failedRequests / Math.max(1, row.requests),
      cell: (row) =>
        behind(row, 'failedRequests', <FailureRate failed={row.failedRequests} of={row.requests} />),
    },
    {
      key: 'median',
      title: 'Median',
      hint: DEFINITIONS.median,
      numeric: true,
      sortBy: (row) => row.median,
      cell: (row) => describeDuration(row.median),
    },
    {
      key: 'p95',
      title: 'p95',
      hint: DEFINITIONS.p95,
      numeric: true,
      sortBy: (row) => row.p95,
      cell: (row) => describeDuration(row.p95),
    },
    {
      key: 'share',
      title: 'Share of time',
      hint: DEFINITIONS.shareOfTime,
      numeric: true,
      class: 'col-share',
      sortBy: (row) => row.shareOfTime,
      cell: (row) => <Meter share={row.shareOfTime} />,
    },
    {
      key: 'backtrace',
      title: 'Backtrace',
      cell: (row) => (
        <a
          class="button small"
          href={href('backtrace', row.service)}
          aria-label={`Backtrace of ${row.service.name}`}
        >
          <Icon name="backtrace" />
          Backtrace
        </a>
      ),
    },
  ];
}
