import { describe, expect, test } from 'vitest';
import { parseTraceql } from '../../../src/link/traceql-parser.ts';
import type { Condition } from '../../../src/model/conditions.ts';
import {
  describeChainFilter,
  describeCondition,
  describeZoneFilter,
  joinParts,
  partsOf,
} from '../../../src/ui/filter/describe-filter.ts';
import { exceptionIs } from '../../../src/ui/filter/narrow.ts';

function read(text: string): Condition {
  const result = parseTraceql(text);
  if (!result.ok || result.condition === null) throw new Error(`no condition: ${text}`);
  return result.condition;
}

const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');

describe('a condition in words', () => {
  test.each([
    ['duration > 200ms', 'duration over 200 ms'],
    ['duration >= 1.5s', 'duration 1.5 s or more'],
    ['duration < 1s', 'duration under 1 s'],
    ['request:failed = true', 'failed'],
    ['request:failed != true', 'not failed'],
    ['request:failed = false', 'not failed'],
    [
      'resource.deployment.environment = "prod" || .deployment.environment = "stage"',
      'environment prod or stage',
    ],
    ['.a = 1 || .b = 2', 'a 1 or b 2'],
    ['.a = 1 && (.b = 2 || .c = 3)', 'a 1 and (b 2 or c 3)'],
    ['!(.a = 1)', 'not (a 1)'],
    ['.a = nil', 'without a'],
    ['.a != nil', 'with a'],
    ['.a = ""', 'a (empty)'],
    ['status = error', 'span status error'],
    ['name !~ "GET .*"', 'span name not like GET .*'],
    ['span.http.response.status_code >= 500', 'HTTP status 500 or more'],
  ])('%s', (text, words) => expect(plain(describeCondition(read(text)))).toBe(words));

  test('an exception is called by its type', () => {
    expect(describeCondition(exceptionIs('java.lang.Error[]'))).toBe('exception java.lang.Error[]');
  });
});

const service = (name: string) => ({ name, type: 'service' as const });

describe('a chain filter in words', () => {
  const path = [service('orders'), service('nginx'), service('shop')];
  test.each([
    [[], 'only through shop → nginx → orders'],
    [[null, read('request:failed = true')], 'only through shop → nginx → orders, where nginx failed'],
    [
      [read('request:failed = false'), null, read('request:endpoint = "buy" && duration > 1s')],
      'only through shop → nginx → orders, where shop has endpoint buy and has duration over 1 s and orders did not fail',
    ],
  ])('%j', (steps, words) => expect(plain(describeChainFilter({ path, exclude: false, steps }))).toBe(words));

  test('names of a long chain both ends', () => {
    const long = Array.from({ length: 25 }, (_, at) => service(`s${at}`));
    expect(describeChainFilter({ path: long, exclude: false, steps: [] })).toBe(
      'only through s24 → s23 → s22 → s21 → … → s3 → s2 → s1 → s0',
    );
  });

  test('that leaves requests out', () => {
    expect(describeChainFilter({ path, exclude: true, steps: [] })).toBe('not through shop → nginx → orders');
  });
});

test('zones are called as people call them', () => {
  expect(describeZoneFilter({ key: 'cloud.region', values: ['eu', ''] })).toBe('region eu or (empty)');
});

test('the parts of a condition are taken apart and joined', () => {
  const condition = read('.a = 1 && .b = 2');
  expect(joinParts(partsOf(condition))).toEqual(condition);
  expect(joinParts(partsOf(condition).slice(1))).toEqual(read('.b = 2'));
  expect(joinParts([])).toBeNull();
  expect(partsOf(null)).toEqual([]);
  expect(partsOf(read('.a = 1 || .b = 2'))).toHaveLength(1);
});
