/** From a call of the flow to the backtrace through its chain: it is about exactly these calls. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_VIEW } from '../../../src/link/view-state.ts';
import type { ViewState } from '../../../src/link/view-state.ts';
import { EVERYTHING, throughChain } from '../../../src/model/answers.ts';
import type { ChainFilter, ChainPath, Filter, Target } from '../../../src/model/answers.ts';
import type { FlowNode } from '../../../src/model/answers-flow.ts';
import type { Condition } from '../../../src/model/conditions.ts';
import type { ServiceRef } from '../../../src/model/service.ts';
import { backtrace } from '../../../src/query/backtrace.ts';
import { describeFlow } from '../../../src/query/flow.ts';
import { backtraceThrough } from '../../../src/ui/backtrace/backtrace-through.ts';
import { assembleSpans } from '../../support/assemble-spans.ts';
import { spanSets } from '../../support/trace-generator.ts';

const FAILED: Condition = {
  kind: 'compare',
  field: { kind: 'intrinsic', name: 'request:failed' },
  comparison: '=',
  value: { kind: 'boolean', boolean: true },
};

function downTo(nodes: readonly FlowNode[], at: number): ChainPath {
  const path: ServiceRef[] = [];
  for (let row = at; row >= 0; row = nodes[row].parent) path.unshift(nodes[row].service);
  return path;
}

test('the backtrace through the chain of a call is that of its calls, whatever narrows the target', () => {
  let followed = 0;
  fc.assert(
    fc.property(spanSets, fc.nat(), fc.nat(15), (spans, pick, narrow) => {
      const { requests: table } = assembleSpans(spans);
      if (table.count === 0) return;
      const row = pick % table.count;
      const service = table.services[table.service[row]];
      const above: ChainPath =
        table.caller[row] < 0 ? [] : [service, table.services[table.service[table.caller[row]]]];
      const chains: ChainFilter[] = [
        ...(narrow & 1 && above.length > 0 ? [throughChain(above)] : []),
        ...(narrow & 2 && above.length > 0 ? [{ path: above, exclude: true, steps: [null, FAILED] }] : []),
      ];
      const view: ViewState = {
        ...DEFAULT_VIEW,
        view: 'backtrace',
        service: service.name,
        chains,
        endpoint: narrow & 4 ? table.texts[table.endpoint[row]] : null,
        where: narrow & 8 ? FAILED : null,
      };
      const target: Target = { service, endpoint: view.endpoint, instance: null };
      const filter: Filter = { ...EVERYTHING, chains, where: view.where };
      const { nodes } = describeFlow(table, { target, filter, path: [service] });
      nodes.forEach((node, at) => {
        const down = downTo(nodes, at);
        if (at === 0) return;
        const onward = backtraceThrough(view, { path: [service], down });
        const through: Filter = { ...EVERYTHING, chains: onward.chains ?? [] };
        const there: Target = { service: node.service, endpoint: null, instance: null };
        expect(onward).toMatchObject({ service: node.service.name, endpoint: null, where: null });
        expect(backtrace(table, there, through).root.calls).toBe(node.calls);
        followed++;
      });
    }),
    { numRuns: 300 },
  );
  expect(followed).toBeGreaterThan(100);
});

test('of a caller, what is about the target below it is left out', () => {
  const [cart, shop, edge] = ['cart', 'shop', 'edge'].map((name): ServiceRef => ({ name, type: 'service' }));
  const view: ViewState = {
    ...DEFAULT_VIEW,
    service: 'cart',
    endpoint: 'GET /',
    chains: [throughChain([cart, shop, edge]), throughChain([cart, edge])],
  };
  const onward = backtraceThrough(view, { path: [cart, shop], down: [shop, edge] });
  expect(onward).toMatchObject({ service: 'edge', endpoint: null, where: null });
  expect(onward.chains).toEqual([{ path: [edge, shop, edge], exclude: false, steps: [null] }]);
  expect(backtraceThrough(view, { path: [cart, shop], down: [shop] }).chains).toEqual([
    throughChain([shop, edge]),
  ]);
});
