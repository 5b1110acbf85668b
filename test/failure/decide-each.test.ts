/** The presets as a table: docs/figures.md, Failure rules. */
import { describe, expect, test } from 'vitest';
import { decideEach } from '../../src/failure/decide-each.ts';
import type { OutcomeColumns } from '../../src/failure/decide-each.ts';
import { EVERYWHERE, HEADWATER_RULES } from '../../src/failure/rulesets.ts';
import { RULESET_PRESETS } from '../../src/model/ruleset.ts';
import type { Ruleset, RulesetPreset } from '../../src/model/ruleset.ts';

const OK = 1;
const ERROR = 2;
const ESCAPED = 4;
const EXCEPTION = 8;

interface Said {
  readonly status?: number;
  readonly http?: number;
  readonly grpc?: number;
  readonly exception?: string;
  readonly side?: 'server' | 'client';
}

function failed(said: Said, ruleset: Ruleset): boolean {
  const columns: OutcomeColumns = {
    count: 1,
    services: [{ name: 'cart', type: said.side === 'client' ? 'database' : 'service' }],
    texts: ['', 'GET /cart', said.exception ?? ''],
    service: Uint32Array.of(0),
    endpoint: Uint32Array.of(1),
    status: Uint8Array.of(said.status ?? 0),
    httpStatus: Uint16Array.of(said.http ?? 0),
    grpcStatus: Uint8Array.of(said.grpc ?? 255),
    exception: Uint32Array.of(said.exception === undefined ? 0 : 2),
    callStatus: Uint8Array.of(255),
    callHttpStatus: Uint16Array.of(0),
    callGrpcStatus: Uint8Array.of(255),
  };
  return decideEach(columns, Uint32Array.of(0), ruleset)[0] > 0;
}

describe('presets', () => {
  test.each<[string, Said, readonly RulesetPreset[]]>([
    ['nothing at all', {}, []],
    ['status ERROR', { status: ERROR }, ['headwater', 'otel', 'dynatrace']],
    ['status OK with HTTP 500', { status: OK, http: 500 }, ['http']],
    ['status ERROR with HTTP 200', { status: ERROR, http: 200 }, ['headwater', 'otel', 'dynatrace']],
    ['HTTP 500 served', { http: 500 }, ['headwater', 'dynatrace', 'http']],
    ['HTTP 404 served', { http: 404 }, []],
    ['HTTP 404 seen by a caller', { http: 404, side: 'client' }, ['headwater', 'dynatrace', 'http']],
    ['gRPC UNAVAILABLE served', { grpc: 14 }, ['headwater', 'dynatrace']],
    ['gRPC NOT_FOUND served', { grpc: 5 }, []],
    ['gRPC NOT_FOUND seen by a caller', { grpc: 5, side: 'client' }, ['headwater', 'dynatrace']],
    ['an exception that escaped', { status: ESCAPED | EXCEPTION }, ['headwater', 'dynatrace']],
    ['an exception that was caught', { status: EXCEPTION }, ['dynatrace']],
  ])('%s fails by these and no others: %j %j', (_, said, presets) => {
    const failing = RULESET_PRESETS.filter((preset) => failed(said, { ...HEADWATER_RULES, preset }));
    expect(failing).toEqual(presets);
  });

  test.each<[Said, readonly string[]]>([
    [{ http: 404 }, ['both']],
    [{ http: 404, side: 'client' }, ['client', 'both']],
    [{ http: 503, side: 'client' }, ['client', 'both', 'none']],
    [{ http: 503 }, ['client', 'both', 'none']],
  ])('4xx on or off: %j fails with %j', (said, choices) => {
    const failing = (['client', 'both', 'none'] as const).filter((http4xx) =>
      failed(said, { ...HEADWATER_RULES, http4xx }),
    );
    expect(failing).toEqual(choices);
  });
});

describe("people's own rules", () => {
  const here = { service: { name: 'cart', type: 'service' as const }, endpoint: 'GET /cart' };

  test.each<[string, Said, Partial<Ruleset>, boolean]>([
    [
      'a status range as success beats the span status',
      { status: ERROR, http: 404 },
      { rules: [{ kind: 'httpStatus', scope: EVERYWHERE, from: 400, to: 499, verdict: 'success' }] },
      false,
    ],
    [
      'the first rule that fits wins',
      { http: 302 },
      {
        rules: [
          { kind: 'httpStatus', scope: EVERYWHERE, from: 300, to: 399, verdict: 'failure' },
          { kind: 'httpStatus', scope: EVERYWHERE, from: 302, to: 302, verdict: 'success' },
        ],
      },
      true,
    ],
    [
      'an ignored exception is a success, whatever else was said',
      { status: ERROR, exception: 'NotFound: order {id}' },
      { rules: [{ kind: 'exception', scope: here, text: 'notfound: ORDER 42', verdict: 'success' }] },
      false,
    ],
    [
      'a rule for another endpoint does not fit',
      { status: ERROR, exception: 'NotFound' },
      {
        rules: [
          {
            kind: 'exception',
            scope: { ...here, endpoint: 'PUT /cart' },
            text: 'NotFound',
            verdict: 'success',
          },
        ],
      },
      true,
    ],
    [
      'an ignored span status leaves the rest to decide',
      { status: OK, http: 500 },
      { rules: [{ kind: 'ignoreStatus', scope: here }] },
      true,
    ],
    [
      'the first preset for a part of the data that says something wins',
      { status: ERROR },
      {
        scopes: [
          { scope: here, preset: null, http4xx: 'both' },
          { scope: EVERYWHERE, preset: 'http', http4xx: null },
          { scope: here, preset: 'headwater', http4xx: null },
        ],
      },
      false,
    ],
  ])('%s', (_, said, rules, expected) => {
    expect(failed(said, { ...HEADWATER_RULES, ...rules })).toBe(expected);
  });
});
