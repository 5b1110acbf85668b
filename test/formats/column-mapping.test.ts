import { describe, expect, test } from 'vitest';
import { describeMissing, guessMapping, shapeKey, unitOf } from '../../src/formats/column-mapping.ts';
import { durationUnitOf } from '../../src/formats/duration-unit.ts';
import { planContents, planFile } from '../../src/formats/plan-file.ts';
import { readPart } from '../../src/formats/read-part.ts';
import { tableShape } from '../../src/formats/table-mapping.ts';
import type { ColumnMapping } from '../../src/model/column-mapping.ts';
import { Notes } from '../../src/model/import-note.ts';
import { encodeText } from '../../src/util/bytes.ts';
import { ListSink } from '../support/list-sink.ts';

describe('a guess of what columns mean', () => {
  test.each([
    [
      'TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration',
      {
        traceId: 'TraceID',
        parentSpanId: 'ParentID',
        pod: 'PodName',
        end: 'EndTimeUnixNano',
        duration: 'Duration',
      },
    ],
    [
      'trace_id,span_id,parent_span,service_name,operation_name,start_time,duration,has_error,response',
      { parentSpanId: 'parent_span', service: 'service_name', status: 'has_error' },
    ],
    [
      'timestamp,cmdb_id,span_id,trace_id,duration,type,status_code,operation_name,parent_span',
      { start: 'timestamp', pod: 'cmdb_id', kind: 'type', status: 'status_code' },
    ],
    [
      'time,traceID,spanID,serviceName,methodName,operationName,startTimeMillis,startTime,duration,statusCode,parentSpanID',
      { start: 'startTime', name: 'operationName' },
    ],
    ['trace.id,id,parent.id,name,appName,timestamp,duration.ms', { spanId: 'id', parentSpanId: 'parent.id' }],
    ['traceId,id,parentId,timestamp,duration,duration.ms', { duration: 'duration.ms' }],
    [
      'callType,startTime,elapsedTime,success,traceId,id,pid,cmdb_id,dsName,serviceName',
      { spanId: 'id', parentSpanId: 'pid', duration: 'elapsedTime', pod: 'cmdb_id' },
    ],
    ['context.trace_id,context.span_id,parent_id,start_time,end_time', { spanId: 'context.span_id' }],
    ['traceId,id,parentObservationId,startTime,endTime', { parentSpanId: 'parentObservationId' }],
  ])('%s', (header, expected) => {
    const { mapping, missing } = guessMapping(header.split(','));
    expect(mapping.columns).toMatchObject(expected);
    expect(missing).toEqual([]);
  });

  test('gives a column one role only', () => {
    const { columns } = guessMapping(['trace', 'id', 'time', 'status_code']).mapping;
    expect(new Set(Object.values(columns)).size).toBe(Object.values(columns).length);
  });

  test('names what is missing, and the columns there are', () => {
    const header = ['when', 'trace_id', 'what'];
    const { missing } = guessMapping(header);
    expect(missing).toEqual(['spanId', 'start']);
    expect(describeMissing(header, missing)).toBe(
      'This is a table, but no column of it is recognised as span id and start time. Its columns: when, trace_id, what.',
    );
  });

  test('the shape of a table does not depend on the order of its columns', () => {
    expect(shapeKey(['a', 'b'])).toBe(shapeKey(['b', 'a']));
    expect(shapeKey(['a,b'])).not.toBe(shapeKey(['a', 'b']));
  });
});

describe('the unit of a duration', () => {
  test.each([
    ['duration_ms', 'ms'],
    ['durationNano', 'ns'],
    ['elapsed (µs)', 'us'],
    ['Duration [s]', 's'],
    ['duration', null],
    ['status', null],
  ])('%s: %s', (column, unit) => expect(unitOf(column)).toBe(unit));

  const header = ['trace_id', 'span_id', 'parent_id', 'start_time', 'duration'];
  const rowsOf = (parentLength: number, offsetMs: number): string[][] => [
    ['t', 'p', '', '1714567890000', String(parentLength)],
    ...[1, 2, 3, 4].map((i) => [
      't',
      `c${i}`,
      'p',
      String(1714567890000 + offsetMs * i),
      String(parentLength / 10),
    ]),
  ];

  test('is told from children that must fit into their parents', () => {
    const { mapping } = guessMapping(header);
    expect(durationUnitOf(mapping, header, rowsOf(300_000, 50))).toBe('us');
    expect(durationUnitOf(mapping, header, rowsOf(300, 50))).toBe('ms');
    expect(durationUnitOf(mapping, header, rowsOf(3, 400))).toBe('s');
  });

  test('is that of the start times where nothing else tells', () => {
    const { mapping } = guessMapping(header);
    expect(durationUnitOf(mapping, header, [['t', 's', '', '1714567890000000', '5']])).toBe('us');
    expect(durationUnitOf(mapping, header, [['t', 's', '', '2024-05-01T12:00:00Z', '5']])).toBe('ms');
  });
});

test('a table that was refused is read with a mapping that people made', async () => {
  const text =
    'when,chain,step,before,who,took\n2024-05-01T12:51:30Z,t1,s1,,web,5\n2024-05-01T12:51:30Z,t1,s2,s1,api,2\n';
  const file = new Blob([text]);
  const plan = await planFile(file, 'spans.csv');
  expect(plan.refusal).toContain('recognised as trace id, span id and start time');
  const shape = tableShape(encodeText(text));
  expect(shape?.rows[0]).toEqual(['2024-05-01T12:51:30Z', 't1', 's1', '', 'web', '5']);
  const columns = {
    traceId: 'chain',
    spanId: 'step',
    parentSpanId: 'before',
    start: 'when',
    service: 'who',
    duration: 'took',
  };
  const mapping: ColumnMapping = { columns, durationUnit: 's' };
  const mappings = [{ shapeKey: shape?.shapeKey ?? '', mapping }];
  const [{ plan: mapped }] = await planContents(file, 'spans.csv', { options: { formats: [], mappings } });
  const sink = new ListSink();
  await readPart(file, mapped, mapped.parts[0], sink, new Notes());
  const [first, second] = sink.spans();
  expect(second.parentSpanId).toBe(first.spanId);
  expect(second.resource.attributes.get('service.name')?.value).toBe('api');
  expect(first.durationNs).toBe(5_000_000_000);
});
