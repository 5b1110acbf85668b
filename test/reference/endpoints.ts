/** SEMANTICS.md §3 (endpoint) and §5 (name of a user action). */
import { first, KEYS } from './attributes.ts';
import { idsOut, idsOutOfName } from './ids-out.ts';
import { sameService, type MergedSpan } from './spans.ts';

const DOM_EVENTS = [
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
];

/** Of a request of a traced service that is no application. */
export function endpointOf(span: MergedSpan): string {
  const method = httpMethod(span);
  const route = first(span, KEYS.httpRoute);
  if (method !== null && route !== null) return `${method} ${route}`;
  const rpc = rpcEndpoint([span]);
  if (rpc !== null && rpc.includes('/')) return rpc;
  const operation = first(span, KEYS.messagingOperation);
  const destination = first(span, KEYS.destination);
  if (operation !== null && destination !== null) return `${operation} ${destination}`;
  const trigger = first(span, KEYS.faasTrigger);
  if (trigger !== null) return trigger;
  const path = rawPath(span);
  if (span.kind === 2 && method !== null && path !== null) return `${method} ${idsOut(path)}`;
  return idsOutOfName(span.name);
}

export function httpMethod(span: MergedSpan): string | null {
  const method = first(span, KEYS.httpMethod);
  return method === '_OTHER' ? (first(span, ['http.request.method_original']) ?? method) : method;
}

/** `service/method` where both are known or the method is fully qualified; else the bare method. */
export function rpcEndpoint(nest: readonly MergedSpan[]): string | null {
  for (const span of nest) {
    const method = first(span, KEYS.rpcMethod);
    const service = first(span, KEYS.rpcService);
    if (method !== null) return method.includes('/') || service === null ? method : `${service}/${method}`;
  }
  return null;
}

function rawPath(span: MergedSpan): string | null {
  const target = first(span, KEYS.path);
  if (target !== null) return withoutQuery(target);
  const url = first(span, KEYS.url);
  return url === null ? null : pathOf(url);
}

function withoutQuery(target: string): string {
  return target.replace(/[?#].*$/s, '');
}

/** `/` where the URL has none. */
function pathOf(url: string): string {
  return withoutQuery(url.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/, '')) || '/';
}

/** Up through the parents as long as they are the application's own. */
export function topmostOfApplication(span: MergedSpan): MergedSpan {
  let at = span;
  while (at.parent && sameService(at.parent, span)) at = at.parent;
  return at;
}

/** `span`: the topmost span of the application. */
export function userActionName(span: MergedSpan): string {
  const event = first(span, ['event_type']) ?? (DOM_EVENTS.includes(span.name) ? span.name : null);
  if (event !== null) {
    const target = targetOf(span);
    return target === null ? event : `${event} on "${target}"`;
  }
  if (span.name === 'documentLoad') {
    const url = first(span, ['url.full', 'http.url', 'location.href']);
    return `loading of page ${url === null ? '/' : idsOut(pathOf(url))}`;
  }
  const navigation = /^Navigation:(.*)$/s.exec(span.name);
  if (navigation) return `loading of page ${(navigation[1] ?? '').trim()}`;
  return idsOutOfName(span.name);
}

function targetOf(span: MergedSpan): string | null {
  const named = first(span, ['target_text', 'target_element']);
  if (named !== null) return named;
  const segments = (first(span, ['target_xpath']) ?? '').split('/').filter((segment) => segment !== '');
  return segments.at(-1) ?? null;
}
