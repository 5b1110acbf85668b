import { expect, test } from 'vitest';
import { SpanEmitter } from '../../src/formats/emit-span.ts';
import type { Span } from '../../src/model/span.ts';
import { ListSink } from '../support/list-sink.ts';

const SPAN: Span = {
  traceId: '0123456789abcdef0123456789abcdef',
  spanId: 'fedcba9876543210',
  parentSpanId: 'ffffffffffffffff',
  name: 'GET /',
  kind: 3,
  startUnixNano: 18_446_744_073_709_551_615n,
  durationNs: 12,
  status: 2,
  statusMessage: 'boom',
  shared: true,
  resource: { attributes: new Map([['service.name', { type: 'string', value: 'a' }]]) },
  scope: { name: 'lib', version: '1' },
  attributes: new Map([
    ['ok', { type: 'bool', value: true }],
    ['__proto__', { type: 'int', value: '5' }],
  ]),
  events: [{ name: 'e', timeUnixNano: 1n, attributes: new Map([['x', { type: 'json', value: '[1]' }]]) }],
  links: [{ traceId: '00000000000000000000000000000001', spanId: '0000000000000002' }],
};

test('pushes all that a plain span holds', () => {
  const sink = new ListSink(1);
  const emitter = new SpanEmitter(sink);
  emitter.emit(SPAN);
  const bare: Span = {
    ...SPAN,
    parentSpanId: null,
    startUnixNano: null,
    durationNs: null,
    statusMessage: '',
    shared: false,
    events: [],
    links: [],
  };
  emitter.emit(bare);
  expect(sink.spans()).toEqual([SPAN, bare]);
});
