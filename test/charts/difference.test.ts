import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeDifference, differenceLevel, differencePaint } from '../../src/charts/difference.ts';
import { differenceLabel, differenceTooltip } from '../../src/charts/difference-sunburst.ts';
import { layoutSunburst } from '../../src/charts/sunburst-layout.ts';
import { unionTree } from '../../src/charts/union-tree.ts';
import type { UnionNode } from '../../src/charts/union-tree.ts';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { CompareNode, FigureChange } from '../../src/model/answers-compare.ts';
import { compareBacktraces } from '../../src/query/compare.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { IMPACT_ANSWERS } from '../support/fake-impact.ts';
import { ORDERS } from '../support/fake-services.ts';
import { spanSets } from '../support/trace-generator.ts';
import { SAMPLE_THEME } from './sample-theme.ts';

const target = { service: ORDERS, endpoint: null, instance: null };
const { root } = IMPACT_ANSWERS.compare({ target, other: { target } });

function withChange(
  name: 'share' | 'failureRate' | 'responseTime',
  change: Partial<FigureChange>,
): CompareNode {
  return { ...root, [name]: { difference: 0, chance: 1, beyondChance: false, ...change } };
}

describe('the colour of a difference', () => {
  test.each([
    [0, 0],
    [0.009, 0],
    [0.05, 1],
    [-0.05, -1],
    [-0.2, -2],
    [0.21, 3],
    [-1, -3],
  ])('%f of a share is level %i', (difference, level) => {
    expect(differenceLevel(withChange('share', { difference }), 'share')).toBe(level);
  });

  test('what is beyond chance is never drawn as the same', () => {
    const little = withChange('failureRate', { difference: -0.004, beyondChance: true });
    expect(differenceLevel(little, 'rate')).toBe(-1);
    expect(differencePaint(little, 'rate', SAMPLE_THEME)).toMatchObject({ fill: 'less1', text: 'lessText1' });
  });

  test('is hatched only beyond chance, in a direction of its own for more and for less', () => {
    const paintOf = (difference: number, beyondChance: boolean) =>
      differencePaint(withChange('share', { difference, beyondChance }), 'share', SAMPLE_THEME);
    expect(paintOf(0.1, false)).toMatchObject({ fill: 'more2', decal: null });
    expect(paintOf(0.1, true).decal).toMatchObject({ rotation: -Math.PI / 4 });
    expect(paintOf(-0.1, true).decal).toMatchObject({ rotation: Math.PI / 4 });
  });

  test('says nothing where a side lacks the figure', () => {
    const untested = withChange('responseTime', { difference: null, chance: null });
    expect(differenceLevel(untested, 'time')).toBeNull();
    expect(describeDifference(untested, 'time')).toBe('–');
    expect(differencePaint({ ...untested, presence: 'appeared' }, 'time', SAMPLE_THEME)).toMatchObject({
      fill: 'other',
      dashed: true,
    });
  });
});

test('labels begin with the signed difference; the tooltip tells all three', () => {
  const [centre] = layoutSunburst(unionTree(root, 100, 100)).arcs;
  expect(differenceLabel(centre, 'rate')).toBe('+10 orders');
  expect(differenceLabel(centre, 'share')).toBe('orders');
  expect(differenceTooltip(centre).rows.map(([name]) => name)).toEqual([
    'share of calls',
    'failure rate',
    'median response time',
  ]);
});

test('callers and ends of chains fill every node of the union, whatever the sides are', () => {
  fc.assert(
    fc.property(spanSets, spanSets, (spansA, spansB) => {
      const [a, b] = [spansA, spansB].map((spans) => assembleSpans(spans).requests);
      for (const service of a.services) {
        const side = { target: { service, endpoint: null, instance: null }, filter: EVERYTHING };
        const compared = compareBacktraces({ table: a, ...side }, { table: b, ...side });
        if (compared.a.requests === 0 || compared.b.requests === 0) continue;
        const top = unionTree(compared.root, compared.a.requests, compared.b.requests);
        expect(top.calls).toBeCloseTo(1, 9);
        const pending: UnionNode[] = [top];
        for (let node = pending.pop(); node; node = pending.pop()) {
          const { userAction, entryPoint, callerMissing } = node.ends;
          const outer = node.callers.reduce((sum, { calls }) => sum + calls, 0);
          expect(outer + userAction + entryPoint + callerMissing).toBeCloseTo(node.calls, 9);
          pending.push(...node.callers);
        }
      }
    }),
    { numRuns: 100 },
  );
});
