import { describe, expect, test } from 'vitest';
import { DEFAULT_VIEW, changeView } from '../../src/link/view-state.ts';
import type { ViewState } from '../../src/link/view-state.ts';
import { throughChain } from '../../src/model/answers.ts';
import type { Condition } from '../../src/model/conditions.ts';

const ORDERS = [{ name: 'orders', type: 'service' }] as const;
const FAILED: Condition = {
  kind: 'compare',
  field: { kind: 'intrinsic', name: 'request:failed' },
  comparison: '=',
  value: { kind: 'boolean', boolean: true },
};
const FULL: ViewState = {
  ...DEFAULT_VIEW,
  view: 'backtrace',
  service: 'orders',
  endpoint: 'GET /',
  instance: 'pod-1',
  node: ORDERS,
  chains: [throughChain(ORDERS)],
  where: FAILED,
  zones: [{ key: 'region', values: ['eu'] }],
  from: 5n,
  search: 'x',
  sort: { column: 'calls', descending: true },
  tab: 'reasons',
  mode: 'share',
  expanded: [ORDERS],
  panel: 'instances',
  evidence: { place: { kind: 'ends' }, count: 'hit' },
  evidenceSort: { column: 'duration', descending: true },
};

describe('a change of the view', () => {
  test('to another page drops what belongs to the page and keeps target, node, filters and timeframe', () => {
    expect(changeView(FULL, { view: 'service' })).toEqual({
      ...DEFAULT_VIEW,
      view: 'service',
      service: 'orders',
      endpoint: 'GET /',
      instance: 'pod-1',
      node: ORDERS,
      chains: [throughChain(ORDERS)],
      where: FAILED,
      zones: [{ key: 'region', values: ['eu'] }],
      from: 5n,
    });
  });

  test('to another service drops what belongs to the service and keeps the timeframe', () => {
    const changed = changeView(FULL, { service: 'cart' });
    expect(changed).toMatchObject({
      service: 'cart',
      endpoint: null,
      instance: null,
      node: null,
      chains: [],
      where: null,
      zones: FULL.zones,
      from: 5n,
    });
  });

  test('to a service from the list of services takes the conditions along', () => {
    const list = changeView(FULL, { view: 'services' });
    expect(list.where).toEqual(FAILED);
    expect(changeView(list, { view: 'backtrace', service: 'cart' }).where).toEqual(FAILED);
  });

  test('to another endpoint drops the node and keeps the filters', () => {
    expect(changeView(FULL, { endpoint: 'GET /x' })).toMatchObject({
      endpoint: 'GET /x',
      chains: FULL.chains,
      where: FAILED,
      node: null,
    });
  });

  test('to other requests of a service flow drops what is selected in it', () => {
    const flow = { ...FULL, subject: 'caller', flow: ORDERS, flowOpen: [ORDERS] } as const;
    for (const patch of [{ node: null }, { subject: null }, { endpoint: 'GET /x' }]) {
      expect(changeView(flow, patch)).toMatchObject({ flow: null, flowOpen: null });
    }
    expect(changeView(flow, { tab: 'impact' })).toMatchObject({ subject: 'caller', flow: ORDERS });
  });

  test('to another tab keeps target, node, chains and timeframe, and drops sort and evidence', () => {
    for (const patch of [{ tab: 'impact' }, { panel: 'responseTime' }]) {
      expect(changeView(FULL, patch)).toEqual({
        ...FULL,
        ...patch,
        sort: null,
        evidence: null,
        evidenceSort: null,
      });
    }
  });

  test('keeps what the patch names', () => {
    expect(changeView(FULL, { service: 'cart', endpoint: 'GET /cart' }).endpoint).toBe('GET /cart');
  });

  test('that names the same service changes nothing', () => {
    expect(changeView(FULL, { service: 'orders' })).toEqual(FULL);
  });

  test('to an absolute timeframe ends the relative one', () => {
    expect(changeView({ ...DEFAULT_VIEW, last: 1000 }, { from: 1n }).last).toBeNull();
  });

  test('to another trace drops the selected span, and to another page the trace', () => {
    const traced: ViewState = { ...FULL, view: 'trace', trace: 'a'.repeat(32), span: 'b'.repeat(16) };
    expect(changeView(traced, { trace: 'c'.repeat(32) })).toMatchObject({ span: null, service: 'orders' });
    expect(changeView(traced, { span: 'c'.repeat(16) }).trace).toBe(traced.trace);
    expect(changeView(traced, { view: 'backtrace' })).toMatchObject({ trace: null, span: null });
  });
});
