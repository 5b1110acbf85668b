import { KIND_SERVER } from '../model/span.ts';
import { withoutIds } from '../util/id-free.ts';
import { urlParts } from '../util/url-parts.ts';
import { perText, perTextPair } from './dataset-texts.ts';
import { numberPerSet } from './per-fact-set.ts';
import type { SpanTable } from './span-table.ts';

/** Joins two texts by their numbers, remembering each pair. */
export function textJoiner(table: SpanTable, separator: string): (left: number, right: number) => number {
  const { texts } = table;
  return perTextPair((left, right) => texts.numberOf(`${left}${separator}${right}`), texts);
}

/** A name with ids taken out when it holds a path. */
export function nameWithoutIds(name: string): string {
  return name.includes('/') ? withoutIds(name) : name;
}

/** Names the endpoint of a request by its opening span (SEMANTICS §3); gives dataset text numbers. */
export function endpointNames(table: SpanTable): (row: number) => number {
  const { texts } = table;
  const spaced = textJoiner(table, ' ');
  const rpc = rpcNames(table);
  const method = httpMethods(table);
  const path = perText((text) => texts.numberOf(withoutIds(urlParts(text).path)), texts);
  const cleanName = perText((name) => texts.numberOf(nameWithoutIds(name)), texts);
  const hasSlash = perText((name) => name.includes('/'), texts);
  const told = numberPerSet(table, (row) => {
    const httpMethod = method(row);
    const route = httpMethod === 0 ? 0 : table.value(row, 'httpRoute');
    if (route !== 0) return spaced(httpMethod, route);
    const rpcName = rpc(row);
    if (rpcName !== 0 && hasSlash(rpcName)) return rpcName;
    const destination = table.value(row, 'messagingDestination');
    const operation = destination === 0 ? 0 : table.value(row, 'messagingOperation');
    if (operation !== 0) return spaced(operation, destination);
    return table.value(row, 'faasTrigger');
  });
  const rawPath = numberPerSet(table, (row) => {
    const httpMethod = method(row);
    const raw = httpMethod === 0 ? 0 : table.value(row, 'urlPath') || table.value(row, 'urlFull');
    return raw === 0 ? 0 : spaced(httpMethod, path(raw));
  });
  return (row) =>
    told(row) || (table.kinds[row] === KIND_SERVER ? rawPath(row) : 0) || cleanName(table.names[row]);
}

/** HTTP method by row; `_OTHER` gives way to the original one; 0: none. */
export function httpMethods(table: SpanTable): (row: number) => number {
  const other = table.texts.numberOf('_OTHER');
  return numberPerSet(table, (row) => {
    const method = table.value(row, 'httpMethod');
    return method === other ? table.value(row, 'httpMethodOriginal') || method : method;
  });
}

/** `rpc.service/rpc.method`, or the method where it is fully qualified or stands alone; 0: none. */
export function rpcNames(table: SpanTable): (row: number) => number {
  const slashed = textJoiner(table, '/');
  const isQualified = perText((text) => text.includes('/'), table.texts);
  return numberPerSet(table, (row) => {
    const method = table.value(row, 'rpcMethod');
    if (method === 0 || isQualified(method)) return method;
    const service = table.value(row, 'rpcService');
    return service === 0 ? method : slashed(service, method);
  });
}
