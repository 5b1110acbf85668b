/** The view as the hash of the address: `#/backtrace?service=orders&from=…`. Only what differs from the default. */
import { FIELDS, FIELD_NAMES } from './fields.ts';
import type { Field, FieldName } from './fields.ts';
import { LINK_VERSION, upgradeParams } from './upgrades.ts';
import type { LinkParams } from './upgrades.ts';
import { DEFAULT_VIEW, VIEWS } from './view-state.ts';
import type { LinkData, ViewState } from './view-state.ts';

export interface DecodedLink {
  readonly view: ViewState;
  /** `#/demo`: load the demo, then show it. */
  readonly demo: boolean;
  /** What was not understood and is ignored, one sentence each. */
  readonly problems: readonly string[];
}

export function encodeView(view: ViewState): string {
  const pairs: [string, string][] = [];
  if (LINK_VERSION > 1) pairs.push(['v', String(LINK_VERSION)]);
  if (view.data) pairs.push(...writeData(view.data));
  for (const name of FIELD_NAMES) pairs.push(...writeField(name, view));
  const query = pairs.map(([key, value]) => `${key}=${escapeValue(value)}`).join('&');
  const path = view.view === 'start' ? '' : view.view;
  return `#/${path}${query === '' ? '' : `?${query}`}`;
}

/** Never fails: what cannot be read is reported and falls back to its default. */
export function decodeView(hash: string): DecodedLink {
  const problems: string[] = [];
  const [path, query] = splitHash(hash);
  const params = readParams(query, problems);
  const demo = path === 'demo';
  const view = VIEWS.find((name) => name === path) ?? 'start';
  if (!demo && path !== '' && path !== view) problems.push(`There is no page “${path}” here.`);
  const read = { ...DEFAULT_VIEW, view: demo ? 'services' : view, data: readData(params, problems) } as const;
  const fields = Object.fromEntries(FIELD_NAMES.map((name) => [name, readField(name, params, problems)]));
  reportUnknown(params, problems);
  return { view: { ...read, ...fields }, demo, problems };
}

function splitHash(hash: string): [path: string, query: string] {
  const text = hash.replace(/^#?\/?/, '');
  const mark = text.indexOf('?');
  return mark < 0
    ? [text.replace(/\/$/, ''), '']
    : [text.slice(0, mark).replace(/\/$/, ''), text.slice(mark + 1)];
}

function readParams(query: string, problems: string[]): LinkParams {
  const params = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const key = unescapeValue(equals < 0 ? pair : pair.slice(0, equals));
    const value = unescapeValue(equals < 0 ? '' : pair.slice(equals + 1));
    if (key === null || value === null)
      problems.push(`The part “${pair}” of the link is damaged and was ignored.`);
    else params.set(key, [...(params.get(key) ?? []), value]);
  }
  return upgradeParams(params, readVersion(params, problems));
}

function readVersion(params: Map<string, string[]>, problems: string[]): number {
  const text = params.get('v')?.[0] ?? '1';
  params.delete('v');
  const version = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
  if (version > LINK_VERSION)
    problems.push('This link was made by a newer version of Headwater; some of it may be missing here.');
  return Math.min(version, LINK_VERSION);
}

function writeField<N extends FieldName>(name: N, view: ViewState): [string, string][] {
  const value = view[name];
  if (value === null || value === DEFAULT_VIEW[name]) return [];
  const field: Field<NonNullable<ViewState[N]>> = FIELDS[name];
  return field.write(value).map((text) => [field.key, text]);
}

function readField<N extends FieldName>(name: N, params: LinkParams, problems: string[]): ViewState[N] {
  const field: Field<NonNullable<ViewState[N]>> = FIELDS[name];
  const values = params.get(field.key);
  if (values === undefined) return DEFAULT_VIEW[name];
  const result = field.schema.safeParse(values);
  if (result.success) return result.data;
  problems.push(
    `The part “${field.key}=${values.join(', ')}” of the link was not understood and is ignored.`,
  );
  return DEFAULT_VIEW[name];
}

const DATA_KEYS = ['data', 'file', 'more'] as const;

function writeData(data: LinkData): [string, string][] {
  const pairs: [string, string][] = [['data', data.fingerprint]];
  for (const file of data.files) pairs.push(['file', file]);
  if (data.moreFiles > 0) pairs.push(['more', String(data.moreFiles)]);
  return pairs;
}

function readData(params: LinkParams, problems: string[]): LinkData | null {
  const fingerprint = params.get('data')?.[0];
  if (fingerprint === undefined) return null;
  const more = params.get('more')?.[0] ?? '0';
  if (!/^\d{1,7}$/.test(more))
    problems.push(`The part “more=${more}” of the link was not understood and is ignored.`);
  if (!/^[0-9a-f]{8,32}$/.test(fingerprint)) {
    problems.push(`The part “data=${fingerprint}” of the link was not understood and is ignored.`);
    return null;
  }
  return {
    fingerprint,
    files: params.get('file') ?? [],
    moreFiles: /^\d{1,7}$/.test(more) ? Number(more) : 0,
  };
}

function reportUnknown(params: LinkParams, problems: string[]): void {
  const known = new Set<string>([...DATA_KEYS, ...FIELD_NAMES.map((name) => FIELDS[name].key)]);
  for (const key of params.keys()) {
    if (!known.has(key)) problems.push(`The part “${key}” of the link is unknown here and was ignored.`);
  }
}

const READABLE: Readonly<Record<string, string>> = {
  '%2F': '/',
  '%3A': ':',
  '%2C': ',',
  '%40': '@',
  '%20': '+',
};

/** What stands in a link as it is: most values do, and thousands of links are written for a screen. */
const PLAIN = /^[\w.~/:,@-]*$/;

function escapeValue(value: string): string {
  if (PLAIN.test(value)) return value;
  // encodeURIComponent throws on half a surrogate pair
  const wellFormed = value.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(wellFormed).replace(/%(?:2F|3A|2C|40|20)/g, (escape) => READABLE[escape]);
}

function unescapeValue(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
