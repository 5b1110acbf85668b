import { Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ServiceRow } from '../../model/answers.ts';
import { linkTo } from '../../link/resolve.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { EvidenceDrawer } from '../evidence/EvidenceDrawer.tsx';
import { FilterChips } from '../filter/FilterChips.tsx';
import { FilterSection } from '../filter/FilterSection.tsx';
import { QueryBar } from '../filter/QueryBar.tsx';
import { ExtrapolationSwitch } from '../filter/ExtrapolationSwitch.tsx';
import { TimeframeControl } from '../filter/TimeframeControl.tsx';
import { ZoneControl } from '../filter/ZoneControl.tsx';
import { countedInData } from '../parts/estimates.ts';
import { Icon } from '../parts/Icon.tsx';
import { Table } from '../parts/Table.tsx';
import { serviceColumns } from './service-columns.tsx';

const DEFAULT_SORT = { column: 'requests', descending: true } as const;

/** Screen 2; also shown where a link to a service or backtrace names none. */
export function ServicesScreen(): JSX.Element {
  const app = useApp();
  const answer = createAnswer('services', () => ({
    filter: { ...app.filter(), chains: [] },
  }));
  const all = () => answer.latest()?.services ?? [];
  const found = createMemo(() => searchServices(all(), app.view().search));
  const columns = serviceColumns((view, service) => app.href({ view, ...linkTo(service) }));
  const requests = () => found().reduce((sum, row) => sum + countedInData(row).requests, 0);
  const noRequests = () => {
    const { timeframe, where, zones } = app.filter();
    const narrowed = timeframe.from !== null || timeframe.to !== null || where !== null || zones.length > 0;
    return narrowed ? 'No request matches the filters.' : 'The data holds no requests.';
  };
  const choosing = () => app.view().view === 'service' || app.view().view === 'backtrace';
  const search = () => (
    <label class="search">
      <Icon name="search" />
      <span class="visually-hidden">Search services</span>
      <input
        type="search"
        placeholder="Search by name or type"
        value={app.view().search}
        onInput={(event) => app.navigate({ search: event.currentTarget.value }, 'replace')}
      />
    </label>
  );
  const count = () => (
    <p class="filter-count" role="status">
      <strong>{describeCount(found().length)}</strong> of {describeCountOf(all().length, 'service')}
    </p>
  );

  return (
    <div class="page">
      <div class="page-head">
        <h1>{choosing() ? 'Choose a service' : 'Services'}</h1>
        <p class="quiet">
          <Show when={app.view().search === ''} fallback={describeCountOf(requests(), 'request')}>
            <EvidenceLink
              selection={{ place: { kind: 'top', of: 'all', splits: [], values: [] }, count: 'requests' }}
              count={requests()}
            >
              {describeCountOf(requests(), 'request')}
            </EvidenceLink>
          </Show>
          {app.view().extrapolated ? ' in the data' : ''}
          <Show when={requests() > 0}>
            {' · '}
            <a href={app.href({ view: 'requests', kind: 'all' })}>See them in groups</a>
          </Show>
        </p>
      </div>
      <FilterSection ofAllServices lead={search()} beside={count()}>
        <TimeframeControl />
        <ZoneControl />
        <ExtrapolationSwitch />
        <QueryBar />
        <FilterChips target={null} ofAllServices />
      </FilterSection>
      <Show when={answer.error()}>{(error) => <p class="form-problem">{error().message}</p>}</Show>
      <Show when={answer.latest()} fallback={<p class="quiet">Counting …</p>}>
        <Table
          label="Services"
          columns={columns}
          rows={found()}
          sort={app.view().sort}
          defaultSort={DEFAULT_SORT}
          onSort={(sort) => app.navigate({ sort }, 'replace')}
          empty={all().length > 0 ? 'No service matches the search.' : noRequests()}
        />
      </Show>
      <EvidenceDrawer target={null} />
    </div>
  );
}

/** Every word must occur in the name or the type; case does not matter. */
export function searchServices(rows: readonly ServiceRow[], search: string): readonly ServiceRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = `${row.service.name} ${row.service.type}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
