import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { NONE } from '../assembly/span-table.ts';
import type { NodeParams, ReferrerRow, ReferrersAnswer } from '../model/answers-spans.ts';
import type { Attributes } from '../model/span.ts';
import { compareText } from '../util/compare-text.ts';
import { headerOf } from './request-headers.ts';
import { nodeRows } from './node-rows.ts';
import { sampleForest } from './sampled-forest.ts';
import { countSightings, sampledOf } from './sightings.ts';
import type { Sightings } from './sightings.ts';
import type { SpanData, SpanForest } from './span-forest.ts';
import { firstOf } from './exceptions-of-span.ts';

const REFERRER_KEYS = [
  'http.referer',
  'http.referrer',
  'http.request.referrer',
  'request_header.referer',
  'transaction.page.referer',
  'context.page.referer',
  'Referer',
  'refUri',
  'document.referrer',
];
const PAGE_KEYS = ['browser.document.url.full', 'location.href', 'page.url', 'url.full', 'http.url'];

type Page = Omit<ReferrerRow, 'requests' | 'failedRequests'>;

/** The pages that the requests at a node were made from (docs/figures.md, Referring pages; FORMATS §4.2). */
export async function describeReferrers(data: SpanData, params: NodeParams): Promise<ReferrersAnswer> {
  const { table } = data;
  const { found, rows } = nodeRows(table, params);
  const pages = await pageSightings(data, rows);
  const counted = countSightings(table, pages);
  return {
    found,
    sampled: sampledOf(pages),
    rows: counted.rows
      .map(({ row, requests, failedRequests }): ReferrerRow => ({ ...row, requests, failedRequests }))
      .sort((a, b) => b.requests - a.requests || compareText(a.page, b.page)),
    without: counted.without,
  };
}

export async function pageSightings(data: SpanData, rows: Uint32Array): Promise<Sightings<Page>> {
  const { forest, samples } = await sampleForest(data, [rows]);
  const seenIn = (request: number): readonly Page[] => {
    const page = pageOf(data.table, forest, request);
    return page ? [{ ...page, seenAs: [page.page, page.source] }] : [];
  };
  return { requests: rows.length, looked: samples[0], seenIn };
}

/** The header of the request itself, else the page of the user action that it is, or that called it. */
function pageOf(table: RequestTable, forest: SpanForest, request: number): Omit<Page, 'seenAs'> | null {
  const own = forest.rowOf(table.span[request]);
  if (own !== NONE) {
    const { attributes } = forest.spanAt(own);
    const header = withoutQuery(headerOf(attributes, 'referer') || headerOf(attributes, 'referrer'));
    const named = header || withoutQuery(firstOf(attributes, REFERRER_KEYS));
    if (named !== '') return { page: named, source: 'header' };
  }
  for (const row of [request, table.caller[request]]) {
    if (row === NO_CALLER || table.services[table.service[row]].type !== 'application') continue;
    const page = actionPage(forest, forest.rowOf(table.span[row]));
    if (page !== '') return { page, source: 'user action' };
  }
  return null;
}

/** Of the application's span or the topmost one above it that names its page. */
function actionPage(forest: SpanForest, from: number): string {
  let page = '';
  for (let row = from; row !== NONE; row = forest.tree.parent[row]) {
    if (forest.requestOf[row] !== forest.requestOf[from]) break;
    page = pageIn(forest.spanAt(row).attributes) || page;
  }
  return page;
}

function pageIn(attributes: Attributes): string {
  return withoutQuery(firstOf(attributes, PAGE_KEYS));
}

/** Queries and fragments may hold what is nobody's business. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}
