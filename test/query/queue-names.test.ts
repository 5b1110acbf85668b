/** What names the queue between a producer and its consumer (SEMANTICS.md §4), in the engine and the reference. */
import { expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import { listServices } from '../../src/query/services.ts';
import { services } from '../reference/backtrace.ts';
import { assemble } from '../reference/requests.ts';
import { spanData } from '../support/span-data.ts';
import { trace } from '../support/trace-text.ts';

const DESTINATION = 'messaging.destination.name';

test.each([
  ['the producer', `${DESTINATION}=outer`, `${DESTINATION}=sent`, `${DESTINATION}=read`, 'sent'],
  ['the call around it', `${DESTINATION}=outer`, '', `${DESTINATION}=read`, 'outer'],
  ['the consumer', 'messaging.system=kafka', 'messaging.system=sqs', `${DESTINATION}=read`, 'read'],
  ['the system, of the producer first', 'messaging.system=kafka', 'messaging.system=sqs', '', 'sqs'],
  ['the system of the call around it', 'messaging.system=kafka', 'peer.service=broker', '', 'kafka'],
  ['the remote endpoint of the call around it', 'peer.service=broker', '', '', 'broker'],
  ['no system of the consumer', '', '', 'messaging.system=kafka', 'unknown queue'],
])('%s', (_, call, producer, consumer, name) => {
  const spans = trace(`
    shop  POST /order  server
      shop  SDK  client  ${call}
        shop  send  producer  ${producer}
          mail  process  consumer  ${consumer}`);
  const queues = [listServices(spanData(spans).table, EVERYTHING).services, services(assemble(spans))].map(
    (rows) => rows.map(({ service }) => service).filter(({ type }) => type === 'queue'),
  );
  expect(queues).toEqual([[{ type: 'queue', name }], [{ type: 'queue', name }]]);
});
