import { describe, expect, test } from 'vitest';
import type { BacktraceNode } from '../../src/model/answers.ts';
import { labelRoom, layoutSunburst, ringRadii } from '../../src/charts/sunburst-layout.ts';
import type { SunburstArc } from '../../src/charts/sunburst-layout.ts';
import { longChain, sampleNode, shopBacktrace } from '../ui/backtrace/sample-backtrace.ts';

const LIMITS = { maxRings: 9, maxArcs: 400, minShare: 1 / 240 };

function described({ arcs }: { arcs: readonly SunburstArc[] }): string[] {
  return arcs.map((arc) => {
    const place = `${Math.round(arc.from * 100)}–${Math.round(arc.to * 100)}`;
    return `${arc.ring} ${arc.kind} ${arc.end ?? arc.node.service.name} ${place}`;
  });
}

function manyCallers(count: number, calls: number): BacktraceNode {
  const callers = Array.from({ length: count }, (_, at) => sampleNode(`caller ${at}`, calls));
  return sampleNode('db', count * calls, { callers });
}

describe('the layout of the sunburst', () => {
  test('gives each step the share of the circle that its calls have, outward of what it calls', () => {
    expect(described(layoutSunburst(shopBacktrace()))).toEqual([
      '0 step db 0–100',
      '1 step orders 0–80',
      '1 step cron 80–100',
      '2 step nginx 0–50',
      '2 step shop 50–80',
      '2 end entryPoint 80–100',
      '3 step shop 0–50',
      '3 end userAction 50–80',
      '4 end userAction 0–50',
    ]);
  });

  test('fills every step exactly with its callers and the chains that end there', () => {
    const { arcs } = layoutSunburst(shopBacktrace());
    for (const step of arcs.filter((arc) => arc.kind === 'step')) {
      const outer = arcs.filter((arc) => arc.parent === step);
      expect(outer.reduce((sum, arc) => sum + arc.calls, 0)).toBe(step.calls);
    }
  });

  test('draws several small callers as one and says how many chains they are; a lone small one stays', () => {
    const small = Array.from({ length: 7 }, (_, at) => sampleNode(`small ${at}`, 1));
    const { arcs } = layoutSunburst(
      sampleNode('db', 1000, { callers: [sampleNode('large', 993), ...small] }),
      LIMITS,
    );
    const other = arcs.filter((arc) => arc.kind === 'other');
    expect(other).toHaveLength(1);
    expect(other[0]).toMatchObject({ calls: 7, chains: 7 });
    const lone = layoutSunburst(
      sampleNode('db', 1000, { callers: [sampleNode('large', 999), small[0]] }),
      LIMITS,
    );
    expect(lone.arcs.some((arc) => arc.kind === 'other')).toBe(false);
  });

  test('marks how the chains of small callers end, as it does for every other caller', () => {
    const shops = Array.from({ length: 3 }, (_, at) => sampleNode(`shop ${at}`, 1, { type: 'application' }));
    const via = sampleNode('gateway', 3, { callers: shops });
    const callers = [sampleNode('large', 995), via, sampleNode('cron', 2)];
    const { arcs } = layoutSunburst(sampleNode('db', 1000, { callers }), { ...LIMITS, minShare: 1 / 100 });
    const other = arcs.find((arc) => arc.kind === 'other');
    const marks = arcs.filter((arc) => arc.parent === other);
    expect(marks.map(({ end, calls }) => `${end} ${calls}`)).toEqual(['userAction 3', 'entryPoint 2']);
    expect(marks.at(-1)?.to).toBeCloseTo(other?.to ?? 0);
  });

  test('never gives more arcs than can be read', () => {
    const { arcs } = layoutSunburst(manyCallers(150, 3), { ...LIMITS, maxArcs: 50 });
    expect(arcs.length).toBeLessThanOrEqual(50);
    expect(arcs.find((arc) => arc.kind === 'other')?.chains).toBe(150);
  });

  test('ends a very long chain after the last ring and says that there is more', () => {
    const layout = layoutSunburst(longChain(5000), LIMITS);
    expect(layout.rings).toBe(9);
    expect(layout.arcs.at(-1)).toMatchObject({ kind: 'deeper', chains: 1 });
  });

  test('is empty where there are no calls', () => {
    expect(layoutSunburst(sampleNode('db', 0)).arcs).toEqual([]);
  });
});

describe('the rings', () => {
  test('lie side by side from the centre to the room for the marks', () => {
    for (let ring = 1; ring <= 5; ring++) {
      expect(ringRadii(ring, 5, 400).inner).toBeCloseTo(ringRadii(ring - 1, 5, 400).outer);
    }
    expect(ringRadii(5, 5, 400).outer).toBeCloseTo(188);
  });
});

describe('the room of a label', () => {
  test('a narrow arc has none', () => {
    expect(labelRoom(0.005, { inner: 100, outer: 140 }, 11)).toBeNull();
    expect(labelRoom(0.5, { inner: 100, outer: 110 }, 11)).toBeNull();
  });

  test('a wide arc is labelled along the ring, a slim but deep one outward', () => {
    expect(labelRoom(0.3, { inner: 100, outer: 130 }, 11)?.rotation).toBe('along');
    expect(labelRoom(0.03, { inner: 100, outer: 190 }, 11)?.rotation).toBe('outward');
  });

  test('a label along the ring stays within it', () => {
    const radii = { inner: 100, outer: 130 };
    const room = labelRoom(0.5, radii, 11);
    const farthest = Math.hypot((room?.width ?? 0) / 2, 115 + 6.6);
    const nearest = 115 - 6.6;
    expect(farthest).toBeLessThanOrEqual(radii.outer);
    expect(nearest).toBeGreaterThanOrEqual(radii.inner);
  });
});
