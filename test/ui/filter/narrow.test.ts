import { describe, expect, test } from 'vitest';
import { parseTraceql } from '../../../src/link/traceql-parser.ts';
import { printTraceql } from '../../../src/link/traceql-printer.ts';
import { DEFAULT_VIEW } from '../../../src/link/view-state.ts';
import type { ViewState } from '../../../src/link/view-state.ts';
import { throughChain } from '../../../src/model/answers.ts';
import type { EvidenceSelection } from '../../../src/model/answers-evidence.ts';
import type { Condition } from '../../../src/model/conditions.ts';
import { readStepForm, writeStepForm } from '../../../src/ui/filter/chain-step.ts';
import {
  backtraceFrom,
  excludeChain,
  narrowTo,
  narrowToEvidence,
  textIs,
} from '../../../src/ui/filter/narrow.ts';

const ORDERS = { name: 'orders', type: 'service' } as const;
const NGINX = { name: 'nginx', type: 'web server' } as const;
const DATABASE = { name: 'db', type: 'database' } as const;
const REASON = textIs('request:reason', 'HTTP 503');
const ENDPOINT = textIs('request:endpoint', 'GET /');

const written = (condition: Condition | null | undefined) => condition && printTraceql(condition);

function read(text: string): Condition | null {
  const result = parseTraceql(text);
  if (!result.ok) throw new Error(result.problem.message);
  return result.condition;
}

describe('narrowing', () => {
  test('to requests of the target adds to its conditions, once', () => {
    const once = narrowTo(DEFAULT_VIEW, [ORDERS], [REASON]);
    expect(written(once.where)).toBe('{ request:reason = "HTTP 503" }');
    const view: ViewState = { ...DEFAULT_VIEW, ...once };
    expect(narrowTo(view, [ORDERS], [REASON]).where).toEqual(REASON);
    expect(written(narrowTo(view, [ORDERS], [ENDPOINT]).where)).toBe(
      '{ request:reason = "HTTP 503" && request:endpoint = "GET /" }',
    );
  });

  test('to requests of a caller puts the condition to its step of the chain', () => {
    const path = [ORDERS, NGINX];
    const once = narrowTo(DEFAULT_VIEW, path, [REASON]);
    expect(once.chains).toEqual([{ path, exclude: false, steps: [null, REASON] }]);
    expect(once.where).toBeUndefined();
    const twice = narrowTo({ ...DEFAULT_VIEW, ...once }, path, [ENDPOINT]);
    expect(twice.chains?.map(({ steps }) => written(steps[1]))).toEqual([
      '{ request:reason = "HTTP 503" && request:endpoint = "GET /" }',
    ]);
  });

  test('excluding a chain replaces what was said of it', () => {
    const path = [ORDERS, NGINX];
    const other = throughChain([ORDERS, DATABASE]);
    const view = { ...DEFAULT_VIEW, chains: [throughChain(path), other] };
    expect(excludeChain(view, path).chains).toEqual([other, { path, exclude: true, steps: [] }]);
  });

  test('to another service names its type only where it is inferred', () => {
    expect(backtraceFrom(DATABASE, [ENDPOINT])).toMatchObject({
      view: 'backtrace',
      service: 'db',
      type: 'database',
      where: ENDPOINT,
    });
    expect(backtraceFrom(ORDERS, [])).toMatchObject({ service: 'orders', type: null, where: null });
  });
});

describe('narrowing to a list of requests', () => {
  const at = (
    ...path: EvidenceSelection['place'] extends infer P ? (P extends { path: infer Q } ? Q : never) : never
  ) => ({ kind: 'node', path }) as const;

  test.each<[string, EvidenceSelection, string]>([
    [
      'a bar of the histogram',
      { place: at(ORDERS), count: 'requests', durationNs: { from: 10e6, to: 20e6 } },
      '{ span:duration >= 10ms && span:duration < 20ms }',
    ],
    [
      'its last bar',
      { place: at(ORDERS), count: 'requests', durationNs: { from: 20e6, to: null } },
      '{ span:duration >= 20ms }',
    ],
    [
      'failed requests with a status',
      { place: at(ORDERS), count: 'failedRequests', httpStatus: 503 },
      '{ request:failed = true && request:httpStatus = 503 }',
    ],
    [
      'an instance and an endpoint',
      { place: at(ORDERS), count: 'calls', instance: 'pod-1', endpoint: 'GET /' },
      '{ request:endpoint = "GET /" && request:instance = "pod-1" }',
    ],
  ])('%s', (_, selection, where) => {
    expect(written(narrowToEvidence(DEFAULT_VIEW, selection)?.where)).toBe(where);
  });

  test('a bar over time is a timeframe', () => {
    const start = { from: 5n, to: 9n };
    const selection: EvidenceSelection = { place: at(ORDERS), count: 'requests', start };
    expect(narrowToEvidence(DEFAULT_VIEW, selection)).toMatchObject({ from: 5n, to: 9n });
  });

  test.each<[string, EvidenceSelection]>([
    ['requests that were hit', { place: at(ORDERS), count: 'hit' }],
    ['a fate', { place: at(ORDERS), count: 'calls', fate: { fate: 'absorbed' } }],
    ['ends of chains', { place: { kind: 'ends' }, count: 'requests' }],
    ['calls that a caller led to', { place: at(ORDERS, NGINX), count: 'calls' }],
    [
      'a bar over time of a caller',
      { place: at(ORDERS, NGINX), count: 'requests', start: { from: 5n, to: 9n } },
    ],
  ])('%s is no matter of conditions', (_, selection) => {
    expect(narrowToEvidence(DEFAULT_VIEW, selection)).toBeNull();
  });
});

describe('the form of a step', () => {
  test.each([
    ['', { outcome: 'any', endpoint: null, over: '', more: '' }],
    [
      'request:failed = true && duration > 250ms && request:endpoint = ""',
      { outcome: 'failed', endpoint: '', over: '250', more: '' },
    ],
    ['request:failed != true', { outcome: 'fine', endpoint: null, over: '', more: '' }],
    [
      'duration > 1s && duration > 2s && .a = 1',
      { outcome: 'any', endpoint: null, over: '1000', more: 'span:duration > 2s && .a = 1' },
    ],
    ['.a = 1 || .b = 2', { outcome: 'any', endpoint: null, over: '', more: '.a = 1 || .b = 2' }],
  ] as const)('%s', (text, form) => {
    expect(readStepForm(read(text))).toEqual(form);
    const back = writeStepForm(form);
    expect(back.ok && readStepForm(back.condition)).toEqual(form);
  });

  test('tells what is wrong with its text', () => {
    const back = writeStepForm({ outcome: 'any', endpoint: null, over: '', more: '.a =' });
    expect(back).toMatchObject({ ok: false, problem: { at: 4 } });
  });
});
