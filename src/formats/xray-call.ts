/** What a subsegment with a namespace calls, in OpenTelemetry's words (FORMATS.md §3.10). */
import { isObject, listOf, ownValue, textOf, valueAt } from './json-value.ts';
import type { AttributeBag } from './plain-span.ts';

/** Adds to the attributes of the call what says whom it calls. */
export function xrayCallAttributes(segment: unknown, bag: AttributeBag): void {
  const name = textOf(ownValue(segment, 'name')) ?? '';
  if (isObject(ownValue(segment, 'sql'))) database(segment, name, bag);
  else if (ownValue(segment, 'namespace') === 'aws') awsService(segment, name, bag);
  else if (valueAt(segment, 'http', 'request', 'url') === undefined) bag.put('server.address', name);
}

function database(segment: unknown, name: string, bag: AttributeBag): void {
  const sql = ownValue(segment, 'sql');
  const url = textOf(ownValue(sql, 'url')) ?? textOf(ownValue(sql, 'connection_string')) ?? '';
  const [, scheme, host, port, path] =
    /^(?:jdbc:)?([a-z0-9+]+):(?:\/\/)?(?:[^@/]*@)?([^:/;?]+)?(?::(\d+))?(?:\/([^?;]*))?/i.exec(url) ?? [];
  const [nameOfDatabase, hostInName] = name.split('@');
  bag.put('db.system.name', (textOf(ownValue(sql, 'database_type')) ?? scheme)?.toLowerCase());
  bag.put('db.namespace', path).put('db.namespace', hostInName === undefined ? undefined : nameOfDatabase);
  bag.put('db.query.text', ownValue(sql, 'sanitized_query'));
  bag.put('server.address', host).put('server.address', hostInName ?? name);
  bag.put('server.port', port);
  bag.put('headwater.database', true);
}

function awsService(segment: unknown, name: string, bag: AttributeBag): void {
  const aws = ownValue(segment, 'aws');
  const at = (key: string): string | undefined => textOf(ownValue(aws, key));
  const operation = at('operation');
  bag.put('rpc.system.name', 'aws-api').put('rpc.service', name).put('rpc.method', operation);
  if (/dynamodb/i.test(name)) {
    bag.put('db.system.name', 'aws.dynamodb').put('db.operation.name', operation);
    bag.put('db.collection.name', at('table_name') ?? textOf(listOf(ownValue(aws, 'table_names'))[0]));
  } else if (/^(amazon)?sqs$/i.test(name)) {
    bag.put('messaging.system', 'aws_sqs').put('messaging.operation.name', operation);
    bag.put('messaging.destination.name', at('queue_url')?.split('/').at(-1) ?? at('queue_name'));
  } else if (/^(amazon)?sns$/i.test(name)) {
    bag.put('messaging.system', 'aws.sns').put('messaging.operation.name', operation);
    bag.put('messaging.destination.name', at('topic_arn')?.split(':').at(-1));
  } else if (/lambda$/i.test(name)) bag.put('peer.service', at('function_name'));
}
