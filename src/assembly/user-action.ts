import { withoutIds } from '../util/id-free.ts';
import { urlParts } from '../util/url-parts.ts';
import { nameWithoutIds } from './endpoint.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';
import type { SpanTree } from './span-tree.ts';

/** Names that OpenTelemetry's user-interaction instrumentation gives its spans. */
const DOM_EVENTS = new Set([
  'click',
  'submit',
  'dblclick',
  'keydown',
  'keypress',
  'change',
  'input',
  'mousedown',
  'mouseup',
  'touchstart',
  'touchend',
]);

/** Name of the user action that a request of an application is: that of its topmost span (SEMANTICS §5). */
export function userActionName(table: SpanTable, tree: SpanTree, opening: number): string {
  let top = opening;
  const service = table.service(opening);
  for (let above = tree.parent[top]; above !== NONE && table.service(above) === service;) {
    top = above;
    above = tree.parent[top];
  }
  return readableAction(table, top);
}

function readableAction(table: SpanTable, row: number): string {
  const name = table.texts.text(table.names[row]);
  const event = table.text(row, 'eventType') || (DOM_EVENTS.has(name) ? name : '');
  if (event !== '') {
    const target = targetOf(table, row);
    return target === '' ? event : `${event} on "${target}"`;
  }
  if (name === 'documentLoad') {
    const url = table.text(row, 'pageUrl');
    return `loading of page ${url === '' ? '/' : withoutIds(urlParts(url).path)}`;
  }
  if (name.startsWith('Navigation:')) return `loading of page ${name.slice('Navigation:'.length).trim()}`;
  return nameWithoutIds(name);
}

function targetOf(table: SpanTable, row: number): string {
  const named = table.text(row, 'targetText') || table.text(row, 'targetElement');
  if (named !== '') return named;
  return (
    table
      .text(row, 'targetXpath')
      .split('/')
      .findLast((step) => step !== '') ?? ''
  );
}
