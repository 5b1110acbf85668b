import { describe, expect, test } from 'vitest';
import { linkTo, resolveFilter, resolveService, resolveTarget } from '../../src/link/resolve.ts';
import { DEFAULT_VIEW } from '../../src/link/view-state.ts';
import type { ServiceRef, ServiceType } from '../../src/model/service.ts';
import { RANGE, makeServiceRow } from '../support/fake-client.ts';

const answerOf = (...services: ServiceRef[]) => ({
  services: services.map((service) => makeServiceRow(service)),
});

describe('the service that a link names', () => {
  test.each<[ServiceType[], ServiceType | null, ServiceType]>([
    [['database', 'service'], null, 'service'],
    [['database', 'web server'], null, 'web server'],
    [['unmonitored', 'database', 'queue'], null, 'database'],
    [['third-party', 'queue'], null, 'queue'],
    [['database', 'service'], 'database', 'database'],
    [['service'], 'queue', 'queue'],
    [[], null, 'service'],
  ])('of the types %j, asked for %s, is the %s', (types, asked, expected) => {
    const answer = answerOf(...types.map((type) => ({ name: 'orders', type })), {
      name: 'other',
      type: 'application',
    });
    expect(resolveService({ service: 'orders', type: asked }, answer)).toEqual({
      name: 'orders',
      type: expected,
    });
  });

  test('is none where the link names none', () => {
    expect(resolveTarget(DEFAULT_VIEW, answerOf())).toBeNull();
  });

  test.each<[ServiceRef, ServiceType | null]>([
    [{ name: 'a', type: 'service' }, null],
    [{ name: 'a', type: 'application' }, null],
    [{ name: 'a', type: 'queue' }, 'queue'],
  ])('is written with its type only where it is inferred: %j', (service, type) => {
    expect(linkTo(service)).toEqual({ service: 'a', type });
  });
});

describe('the timeframe of a view', () => {
  test('counts the last ms from the end of the data', () => {
    expect(resolveFilter({ ...DEFAULT_VIEW, last: 1000 }, RANGE).timeframe).toEqual({
      from: RANGE.to - 1_000_000_000n,
      to: null,
    });
  });

  test('is the absolute one where both are given', () => {
    expect(resolveFilter({ ...DEFAULT_VIEW, last: 1000, from: 5n }, RANGE).timeframe).toEqual({
      from: 5n,
      to: null,
    });
  });

  test('is open where the data has no time', () => {
    expect(resolveFilter({ ...DEFAULT_VIEW, last: 1000 }, null).timeframe).toEqual({ from: null, to: null });
  });
});
