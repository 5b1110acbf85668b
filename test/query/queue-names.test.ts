/** What names the queue between a producer and its consumer (SEMANTICS.md §4), in the engine and the reference. */
import { expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { Span } from '../../src/model/span.ts';
import { listServices } from '../../src/query/services.ts';
import { services } from '../reference/backtrace.ts';
import { assemble } from '../reference/requests.ts';
import { spanData } from '../support/span-data.ts';
import { trace } from '../support/trace-text.ts';

const DESTINATION = 'messaging.destination.name';

test.each([
  ['the call around it', `${DESTINATION}=outer`, `${DESTINATION}=sent`, `${DESTINATION}=read`, 'outer'],
  ['the producer', '', `${DESTINATION}=sent`, `${DESTINATION}=read`, 'sent'],
  ['the consumer', 'messaging.system=kafka', 'messaging.system=sqs', `${DESTINATION}=read`, 'read'],
  ['the system, of the call first', 'messaging.system=kafka', 'messaging.system=sqs', '', 'kafka'],
  ['the system of the call around it', 'messaging.system=kafka', 'peer.service=broker', '', 'kafka'],
  ['the remote endpoint of the call around it', 'peer.service=broker', '', '', 'broker'],
  ['no system of the consumer', '', '', 'messaging.system=kafka', 'unknown queue'],
])('%s', (_, call, producer, consumer, name) => {
  const spans = trace(`
    shop  POST /order  server
      shop  SDK  client  ${call}
        shop  send  producer  ${producer}
          mail  process  consumer  ${consumer}`);
  expect(queuesOf(spans)).toEqual([[name], [name]]);
});

test('the same call is the same queue where nobody consumes', () => {
  const call = (id: number, end: string) => `
    shop  POST /order  server  trace=${id}
      shop  SDK  client  ${DESTINATION}=outer
        shop  send  producer  ${DESTINATION}=sent${end}`;
  const spans = trace(`${call(1, '')}${call(2, '\n          mail  process  consumer')}`);
  expect(queuesOf(spans)).toEqual([['outer'], ['outer']]);
});

test('two producers in one call have their own queues', () => {
  const spans = trace(`
    shop  POST /order  server
      shop  SDK  client
        shop  send  producer  ${DESTINATION}=mails
          mail  process  consumer
        shop  send  producer  ${DESTINATION}=parcels
          parcel  process  consumer`);
  expect(queuesOf(spans)).toEqual([
    ['mails', 'parcels'],
    ['mails', 'parcels'],
  ]);
});

/** As the engine, and as the reference has it. */
function queuesOf(spans: readonly Span[]): string[][] {
  return [listServices(spanData(spans).table, EVERYTHING).services, services(assemble(spans))].map((rows) =>
    rows.flatMap(({ service }) => (service.type === 'queue' ? [service.name] : [])),
  );
}
