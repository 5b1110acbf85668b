import { describe, expect, test } from 'vitest';
import { backtraceJson } from '../../../src/ui/backtrace/export-json.ts';
import { HOSTILE_NAME, SAMPLE_TIMES, longChain, sampleNode, shopBacktrace } from './sample-backtrace.ts';

describe('the JSON of a backtrace', () => {
  test('has the fields of SEMANTICS.md and no others, in that order', () => {
    const root = JSON.parse(backtraceJson(shopBacktrace()));
    expect(Object.keys(root)).toEqual([
      'service',
      'type',
      'calls',
      'failedCalls',
      'requests',
      'failedRequests',
      'hit',
      'hitFailed',
      'ends',
      'responseTime',
      'callers',
    ]);
    expect(root.service).toBe('db');
    expect(root.type).toBe('database');
    expect(root.ends).toEqual({ userAction: 0, entryPoint: 0, callerMissing: 0 });
    expect(root.responseTime).toEqual(SAMPLE_TIMES);
    expect(root.callers[0].callers[0].callers[0]).toMatchObject({
      service: 'shop',
      calls: 50,
      ends: { userAction: 50 },
      callers: [],
    });
  });

  test('sorts callers by calls descending, then by name', () => {
    const root = sampleNode('db', 6, {
      callers: [sampleNode('b', 1), sampleNode('a', 1), sampleNode('B', 1), sampleNode('z', 3)],
    });
    const { callers } = JSON.parse(backtraceJson(root));
    expect(callers.map((caller: { service: string }) => caller.service)).toEqual(['z', 'B', 'a', 'b']);
  });

  test('reads the same as JSON.stringify would write it', () => {
    const text = backtraceJson(shopBacktrace());
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });

  test('of several services the root names the others', () => {
    const others = [{ name: 'cart', type: 'service' }] as const;
    const root = JSON.parse(backtraceJson({ ...shopBacktrace(), others }));
    expect(root).toMatchObject({ service: 'db', type: 'database' });
    expect(root.others).toEqual([{ service: 'cart', type: 'service' }]);
    expect(root.callers[0]).not.toHaveProperty('others');
  });

  test('keeps names that look like markup, quotes or line breaks', () => {
    const name = `${HOSTILE_NAME} "x"\n\\ __proto__`;
    expect(JSON.parse(backtraceJson(sampleNode(name, 1))).service).toBe(name);
  });

  test('a chain of 20,000 steps is written whole', () => {
    const text = backtraceJson(longChain(20_000));
    expect(text.match(/"callers":\[/g)).toHaveLength(20_000);
    expect(text.match(/[\]}]/g)).toHaveLength(20_000 * 4);
  });
});
