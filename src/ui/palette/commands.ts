/** What the command palette offers, and how it is searched. */
import { linkTo } from '../../link/resolve.ts';
import type { ViewState } from '../../link/view-state.ts';
import type { EndpointRow, ServiceRow } from '../../model/answers.ts';

export interface Command {
  readonly title: string;
  /** What kind of thing it is, in a word or two. */
  readonly kind: string;
  readonly patch: Partial<ViewState>;
}

/** Rows shown at most; more typing narrows them. */
export const MOST_SHOWN = 50;

const PARTS_OF_BACKTRACE: readonly Command[] = [
  { title: 'Callers', kind: 'part of the backtrace', patch: { view: 'backtrace', tab: null } },
  { title: 'Impact', kind: 'part of the backtrace', patch: { view: 'backtrace', tab: 'impact' } },
  { title: 'Hotspots', kind: 'part of the backtrace', patch: { view: 'backtrace', tab: 'hotspots' } },
  { title: 'Compare', kind: 'part of the backtrace', patch: { view: 'backtrace', tab: 'compare' } },
  { title: 'Outliers', kind: 'part of the backtrace', patch: { view: 'backtrace', tab: 'outliers' } },
];

/** The screens; those about a service only where one is chosen. */
export function screenCommands(view: ViewState): readonly Command[] {
  const screens: readonly Command[] = [
    { title: 'Services', kind: 'screen', patch: { view: 'services' } },
    { title: 'Top requests', kind: 'screen', patch: { view: 'requests' } },
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
    kind: `backtrace of a ${service.type}`,
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
