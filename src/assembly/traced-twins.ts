import { isInferred } from '../model/service.ts';
import type { ServiceRef } from '../model/service.ts';
import type { CallReader } from './inferred-services.ts';
import type { OpenedRequests } from './open-requests.ts';
import type { OutgoingCalls } from './outgoing-calls.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';

/**
 * Inferred services that bear the name or address of a traced one: "called here, but its span is
 * missing" (SEMANTICS §4). Addresses are learned from the calls that did reach a traced service.
 */
export function tracedTwins(
  table: SpanTable,
  services: readonly ServiceRef[],
  calls: OutgoingCalls,
  opened: OpenedRequests,
  reader: CallReader,
): Uint8Array<ArrayBuffer> {
  const twins = new Uint8Array(services.length);
  if (!services.some(({ type }) => isInferred(type))) return twins;
  const names = new Set(services.filter(({ type }) => !isInferred(type)).map(({ name }) => name));
  for (const { name } of table.resourceTable.services) names.add(name);
  for (const address of tracedAddresses(calls, opened, reader)) names.add(table.texts.text(address));
  services.forEach((service, i) => (twins[i] = isInferred(service.type) && names.has(service.name) ? 1 : 0));
  return twins;
}

function tracedAddresses(calls: OutgoingCalls, opened: OpenedRequests, reader: CallReader): Set<number> {
  const addresses = new Set<number>();
  /** What calls went to names few hosts, many times. */
  const known = new Set<number>();
  for (const span of opened.callerSpan) {
    if (span === NONE || calls.callOf[span] === NONE) continue;
    const nest = calls.nest(calls.callOf[span]);
    const address = reader.addressOf(nest);
    if (known.has(address)) continue;
    const target = reader.infer(nest);
    if (target && target.type !== 'database' && target.type !== 'queue') {
      addresses.add(target.name);
      known.add(address);
    }
  }
  return addresses;
}
