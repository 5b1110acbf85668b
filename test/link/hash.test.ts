import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readZones } from '../../src/link/filter-text.ts';
import { decodeView, encodeView } from '../../src/link/hash.ts';
import { DEFAULT_VIEW, VIEWS } from '../../src/link/view-state.ts';
import type { ViewState } from '../../src/link/view-state.ts';
import { throughChain } from '../../src/model/answers.ts';
import { MEASURES, REQUEST_KINDS } from '../../src/model/answers-top.ts';
import { conditions } from '../support/condition-generator.ts';
import { chain, evidence, instant, name, nullable, service, split } from '../support/evidence-generator.ts';
import { rulesets } from '../support/ruleset-generator.ts';
import { SERVICE_TYPES } from '../../src/model/service.ts';

const at = (patch: Partial<ViewState>): ViewState => ({ ...DEFAULT_VIEW, ...patch });

const chainFilter = fc
  .record({ path: chain, exclude: fc.boolean(), picked: fc.array(nullable(conditions), { maxLength: 4 }) })
  .map(({ path, exclude, picked }) => {
    // as they are read: up to the last condition
    const used = picked.slice(0, path.length).findLastIndex((step) => step !== null) + 1;
    return { path, exclude, steps: picked.slice(0, used) };
  });
const zones = fc.uniqueArray(
  fc.record({ key: name.filter(Boolean), values: fc.array(name, { minLength: 1, maxLength: 3 }) }),
  { selector: ({ key }) => key, maxLength: 3 },
);
const word = fc.stringMatching(/^[a-z][a-z-]{0,10}$/);

const linkData = fc.record({
  fingerprint: fc.stringMatching(/^[0-9a-f]{8,12}$/),
  files: fc.array(name, { maxLength: 3 }),
  moreFiles: fc.nat({ max: 5000 }),
});

const anyView: fc.Arbitrary<ViewState> = fc.record({
  view: fc.constantFrom(...VIEWS),
  data: nullable(linkData),
  trace: nullable(fc.stringMatching(/^[0-9a-f]{32}$/)),
  span: nullable(fc.stringMatching(/^[0-9a-f]{16}$/)),
  service: nullable(name),
  type: nullable(fc.constantFrom(...SERVICE_TYPES)),
  others: fc.array(service, { maxLength: 2 }),
  endpoint: nullable(name),
  instance: nullable(name),
  node: nullable(chain),
  chains: fc.array(chainFilter, { maxLength: 3 }),
  where: nullable(conditions),
  zones,
  from: nullable(instant),
  to: nullable(instant),
  last: nullable(fc.integer({ min: 1, max: 10_000_000 })),
  rules: nullable(rulesets),
  extrapolated: fc.boolean(),
  search: name,
  sort: nullable(
    fc.record({ column: fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,9}$/), descending: fc.boolean() }),
  ),
  tab: nullable(word),
  panel: nullable(word),
  mode: nullable(word),
  kind: nullable(fc.constantFrom(...REQUEST_KINDS)),
  splits: nullable(fc.array(split, { minLength: 1, maxLength: 2 })),
  measure: nullable(fc.constantFrom(...MEASURES)),
  top: nullable(fc.integer({ min: 1, max: 999 })),
  expanded: nullable(fc.array(chain, { maxLength: 3 })),
  subject: nullable(fc.constant('caller' as const)),
  flow: nullable(chain),
  flowOpen: nullable(fc.array(chain, { maxLength: 3 })),
  hotspotsOpen: fc.array(chain, { maxLength: 3 }),
  other: nullable(
    fc.record({
      data: nullable(linkData),
      from: nullable(instant),
      to: nullable(instant),
      endpoint: nullable(name),
      instance: nullable(name),
      filter: nullable(
        fc.record({ where: nullable(conditions), zones, chains: fc.array(chainFilter, { maxLength: 2 }) }),
      ),
    }),
  ),
  evidence: nullable(evidence),
  evidenceSort: nullable(
    fc.record({ column: fc.constantFrom('start', 'duration'), descending: fc.boolean() }),
  ),
});

describe('a link', () => {
  test('brings back every view exactly, and says so without a problem', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const decoded = decodeView(encodeView(view));
        expect(decoded.view).toEqual(view);
        expect(decoded.problems).toEqual([]);
      }),
    );
  });

  test('survives being parsed as an address', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const address = new URL(`https://example.org/a/${encodeView(view)}`);
        expect(decodeView(address.hash).view).toEqual(view);
      }),
    );
  });

  test('never fails, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(VIEWS).toContain(decodeView(text).view.view);
        expect(VIEWS).toContain(decodeView(`#/backtrace?${text}`).view.view);
      }),
    );
  });

  test.each<[string, Partial<ViewState>]>([
    ['#/', {}],
    ['#/services', { view: 'services' }],
    ['#/services?sort=-p95', { view: 'services', sort: { column: 'p95', descending: true } }],
    ['#/backtrace?service=orders', { view: 'backtrace', service: 'orders' }],
    [
      '#/backtrace?service=my+shop&type=third-party',
      { view: 'backtrace', service: 'my shop', type: 'third-party' },
    ],
    ['#/service?service=a/b&endpoint=GET+/cart', { view: 'service', service: 'a/b', endpoint: 'GET /cart' }],
    [
      '#/backtrace?service=orders&chain=orders,web-server:nginx,application:shop',
      {
        view: 'backtrace',
        service: 'orders',
        chains: [
          throughChain([
            { name: 'orders', type: 'service' },
            { name: 'nginx', type: 'web server' },
            { name: 'shop', type: 'application' },
          ]),
        ],
      },
    ],
    [
      '#/backtrace?service=orders&chain=~!orders,nginx&zone=deployment.environment.name:prod&zone=region:eu:1',
      {
        view: 'backtrace',
        service: 'orders',
        chains: [
          {
            path: [
              { name: 'orders', type: 'service' },
              { name: 'nginx', type: 'service' },
            ],
            exclude: true,
            steps: [],
          },
        ],
        zones: [
          { key: 'deployment.environment.name', values: ['prod'] },
          { key: 'region', values: ['eu:1'] },
        ],
      },
    ],
    [
      '#/service?service=orders&chain=orders,nginx~%3F%7B+request~-failed+%3D+true+%7D&where=%7B+span:duration+%3E+200ms+%7D',
      {
        view: 'service',
        service: 'orders',
        chains: [
          {
            path: [
              { name: 'orders', type: 'service' },
              { name: 'nginx', type: 'service' },
            ],
            exclude: false,
            steps: [
              null,
              {
                kind: 'compare',
                field: { kind: 'intrinsic', name: 'request:failed' },
                comparison: '=',
                value: { kind: 'boolean', boolean: true },
              },
            ],
          },
        ],
        where: {
          kind: 'compare',
          field: { kind: 'intrinsic', name: 'span:duration' },
          comparison: '>',
          value: { kind: 'duration', ns: 200_000_000 },
        },
      },
    ],
    [
      '#/service?service=orders&from=2023-11-14T22:13:20.000000001Z&to=2023-11-14T22:13:21Z',
      {
        view: 'service',
        service: 'orders',
        from: 1_700_000_000_000_000_001n,
        to: 1_700_000_001_000_000_000n,
      },
    ],
    ['#/services?last=15m', { view: 'services', last: 900_000 }],
    [
      '#/summary?data=0123456789ab&file=a.json&file=b.json&more=3',
      { view: 'summary', data: { fingerprint: '0123456789ab', files: ['a.json', 'b.json'], moreFiles: 3 } },
    ],
    [
      '#/trace?trace=0af7651916cd43dd8448eb211c80319c&span=b7ad6b7169203331',
      { view: 'trace', trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' },
    ],
    ['#/backtrace?open=~', { view: 'backtrace', expanded: [] }],
    [
      '#/backtrace?service=orders&evidence=failedRequests&evidence=at:orders,nginx&evidence=reason:HTTP+503',
      {
        view: 'backtrace',
        service: 'orders',
        evidence: {
          place: {
            kind: 'node',
            path: [
              { name: 'orders', type: 'service' },
              { name: 'nginx', type: 'service' },
            ],
          },
          count: 'failedRequests',
          reason: 'HTTP 503',
        },
      },
    ],
  ])('%s is written and read; defaults are left out', (hash, patch) => {
    expect(encodeView(at(patch))).toBe(hash);
    expect(decodeView(hash)).toEqual({ view: at(patch), demo: false, problems: [] });
  });

  test.each([
    ['type=spaceship', 'type'],
    ['from=yesterday', 'from'],
    ['from=2023-13-45T99:99:99Z', 'from'],
    ['to=', 'to'],
    ['last=0m', 'last'],
    ['last=3parsecs', 'last'],
    ['sort=--p95', 'sort'],
    ['tab=a%20b', 'tab'],
    ['evidence=everything', 'evidence'],
    ['with=from:yesterday', 'with'],
    ['rules=strict', 'rules'],
    ['rules=otel&rules=rule:%7B%22kind%22:1%7D', 'rules'],
    ['evidence=calls&evidence=colour:red', 'evidence'],
    ['node=spaceship:enterprise', 'node'],
    ['node=a~b', 'node'],
    ['chain=a:b:c', 'chain'],
    ['zone=prod', 'zone'],
    ['where=%7B+duration+%3E+%7D', 'where'],
    ['where=%7B+%7D', 'where'],
    ['chain=orders~?%7B+cart+%7D', 'chain'],
    ['chain=~?orders', 'chain'],
    ['chain=orders~', 'chain'],
    ['endpoint=a&endpoint=b', 'endpoint'],
    ['data=xyz', 'data'],
    ['data=0123456789ab&more=lots', 'more'],
    ['endpoint=%E0%A4%A', '%E0%A4%A'],
  ])('a bad value spoils only itself and is reported: %s', (bad, named) => {
    const { view, problems } = decodeView(`#/backtrace?service=orders&${bad}&search=kept`);
    const { data, ...rest } = view;
    const { data: _, ...expected } = at({ view: 'backtrace', service: 'orders', search: 'kept' });
    expect(rest).toEqual(expected);
    expect(data === null || data.moreFiles === 0).toBe(true);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(named);
  });

  test('an unknown part is ignored and reported', () => {
    const { view, problems } = decodeView('#/services?colour=red');
    expect(view).toEqual(at({ view: 'services' }));
    expect(problems).toEqual(['The part “colour” of the link is unknown here and was ignored.']);
  });

  test('an unknown page is the start page and reported', () => {
    const { view, problems } = decodeView('#/nowhere');
    expect(view).toEqual(DEFAULT_VIEW);
    expect(problems[0]).toContain('nowhere');
  });

  test('#/demo asks for the demo', () => {
    expect(decodeView('#/demo')).toEqual({ view: at({ view: 'services' }), demo: true, problems: [] });
  });

  test('an empty hash is the start page', () => {
    expect(decodeView('')).toEqual({ view: DEFAULT_VIEW, demo: false, problems: [] });
  });

  test('of a newer version is read as far as possible and says so', () => {
    const { view, problems } = decodeView('#/services?v=999&search=a');
    expect(view).toEqual(at({ view: 'services', search: 'a' }));
    expect(problems[0]).toContain('newer version');
  });

  test('holds half a character without failing', () => {
    expect(decodeView(encodeView(at({ search: 'a\ud800' }))).view.search).toBe('a\ufffd');
  });
});

test('ids of traces are read as people copy them', () => {
  const id = 'ABCDEF0123456789';
  expect(decodeView(`#/trace?trace=${id}`).view.trace).toBe(`${'0'.repeat(16)}abcdef0123456789`);
  expect(decodeView('#/trace?trace=123').problems).toHaveLength(1);
});

test('a zone of an older link is that of the attribute’s newest name', () => {
  expect(readZones(['deployment.environment:prod', 'deployment.environment.name:test', 'team:a'])).toEqual([
    { key: 'deployment.environment.name', values: ['prod', 'test'] },
    { key: 'team', values: ['a'] },
  ]);
});
