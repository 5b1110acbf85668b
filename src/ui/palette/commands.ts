/** What the command palette offers, and how it is searched. */
import { linkTo } from '../../link/resolve.ts';
import type { ViewState } from '../../link/view-state.ts';
import type { EndpointRow, ServiceRow } from '../../model/answers.ts';
import type { ServiceType } from '../../model/service.ts';
import { SCREEN_TABS } from '../backtrace/screen-tabs.ts';

export interface Command {
  readonly title: string;
  /** What kind of thing it is, in a word or two. */
  readonly kind: string;
  readonly patch: Partial<ViewState>;
}

const A_SERVICE: Readonly<Record<ServiceType, string>> = {
  application: 'an application',
  'web server': 'a web server',
  service: 'a service',
  database: 'a database',
  queue: 'a queue',
  'third-party': 'a third party',
  unmonitored: 'an unmonitored service',
};

/** Rows shown at most; more typing narrows them. */
export const MOST_SHOWN = 50;

const PARTS_OF_BACKTRACE: readonly Command[] = SCREEN_TABS.map(({ slug, title }) => ({
  title,
  kind: 'part of the backtrace',
  patch: { view: 'backtrace', tab: slug === 'callers' ? null : slug },
}));

/** The screens; those about a service only where one is chosen. */
export function screenCommands(view: ViewState): readonly Command[] {
  const screens: readonly Command[] = [
    { title: 'Services', kind: 'screen', patch: { view: 'services' } },
    { title: 'Top requests', kind: 'screen', patch: { view: 'requests' } },
    { title: 'Trace', kind: 'screen', patch: { view: 'trace' } },
    { title: 'Data summary', kind: 'screen', patch: { view: 'summary' } },
    { title: 'Start', kind: 'screen', patch: { view: 'start' } },
  ];
  if (view.service === null) return screens;
  return [
    { title: `Service ${view.service}`, kind: 'screen', patch: { view: 'service' } },
    { title: `Backtrace of ${view.service}`, kind: 'screen', patch: { view: 'backtrace' } },
    ...PARTS_OF_BACKTRACE,
    ...screens,
  ];
}

export function serviceCommands(rows: readonly ServiceRow[]): readonly Command[] {
  return rows.map(({ service }) => ({
    title: service.name,
    kind: `backtrace of ${A_SERVICE[service.type]}`,
    patch: { view: 'backtrace', ...linkTo(service) },
  }));
}

export function endpointCommands(rows: readonly EndpointRow[], service: string): readonly Command[] {
  return rows.map(({ name }) => ({
    title: name,
    kind: `endpoint of ${service}`,
    patch: { view: 'backtrace', endpoint: name },
  }));
}

/** Every word must occur in the title or the kind; titles that begin with the search come first. */
export function searchCommands(commands: readonly Command[], search: string): readonly Command[] {
  const wanted = search.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const found = commands.filter(({ title, kind }) => {
    const text = `${title} ${kind}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ title }: Command) => title.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((one) => !begins(one))].slice(0, MOST_SHOWN);
}
