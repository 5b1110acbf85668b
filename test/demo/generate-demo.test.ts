import { beforeAll, describe, expect, test } from 'vitest';
import { demoFiles, generateDemo } from '../../src/demo/generate-demo.ts';
import { type DemoSpan, readSpans } from './read-spans.ts';

const INCIDENT_FROM = BigInt(Date.UTC(2026, 2, 14, 10, 0)) * 1_000_000n;
const INCIDENT_TO = BigInt(Date.UTC(2026, 2, 14, 10, 20)) * 1_000_000n;
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

let lines: string[] = [];
let spans: DemoSpan[] = [];
let byId = new Map<string, DemoSpan>();

beforeAll(() => {
  lines = demoFiles().flatMap((file) => [...file.lines]);
  spans = readSpans(lines);
  byId = new Map(spans.map((span) => [span.spanId, span]));
});

function of(service: string, kind: number): DemoSpan[] {
  return spans.filter((span) => span.service === service && span.kind === kind);
}

const isFailed = (span: DemoSpan): boolean => span.statusCode === ERROR;

function shareFailed(some: readonly DemoSpan[]): number {
  return some.filter(isFailed).length / some.length;
}

/** The server spans that the application reported itself, not those of its sidecar. */
function verifications(): DemoSpan[] {
  return of('credit-card-verification', SERVER).filter((span) => !span.attributes.has('component'));
}

function above(span: DemoSpan): DemoSpan[] {
  const parent = byId.get(span.parentSpanId ?? '');
  return parent === undefined ? [] : [parent, ...above(parent)];
}

function topmost(span: DemoSpan): DemoSpan {
  return above(span).at(-1) ?? span;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

describe('the generator', () => {
  test('gives the same bytes for the same seed, and others for another one', () => {
    const first = [...generateDemo({ spans: 2000, seed: 7 })];
    expect([...generateDemo({ spans: 2000, seed: 7 })]).toEqual(first);
    expect([...generateDemo({ spans: 2000, seed: 8 })]).not.toEqual(first);
  });

  test.each([1000, 20_000, 60_000])('gives about the number of spans that was asked for: %i', (wanted) => {
    const count = readSpans(generateDemo({ spans: wanted })).length;
    expect(Math.abs(count - wanted) / wanted).toBeLessThan(0.05);
  });

  test('hands out lines while it works instead of collecting them', () => {
    const first = generateDemo({ spans: 5_000_000 }).next();
    expect(first.done).toBe(false);
    expect(JSON.parse(String(first.value))).toHaveProperty('resourceSpans');
  });
});

describe('the lines', () => {
  test('are export requests as the collector writes them: several resources, ids in hex, big numbers as text', () => {
    const requests = lines.map((line) => JSON.parse(line) as { resourceSpans: unknown[] });
    expect(requests.filter(({ resourceSpans }) => resourceSpans.length > 1).length).toBeGreaterThan(
      lines.length / 2,
    );
    for (const span of spans) {
      expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
      expect(span.endUnixNano).toBeGreaterThanOrEqual(span.startUnixNano);
    }
  });

  test('spread the spans of a trace', () => {
    const linesOfTrace = new Map<string, Set<number>>();
    lines.forEach((line, position) => {
      for (const { traceId } of readSpans([line])) {
        linesOfTrace.set(traceId, (linesOfTrace.get(traceId) ?? new Set()).add(position));
      }
    });
    const spread = [...linesOfTrace.values()].filter((positions) => positions.size > 1);
    expect(spread.length).toBeGreaterThan(linesOfTrace.size / 2);
  });
});

describe('the spans', () => {
  test('have ids of their own', () => {
    expect(byId.size).toBe(spans.length);
  });

  test('have their parents in the data, but for the few whose callers were sampled away', () => {
    const orphans = spans.filter(({ parentSpanId }) => parentSpanId !== null && !byId.has(parentSpanId));
    expect(new Set(orphans.map(({ service, name }) => `${service} ${name}`))).toEqual(
      new Set(['search GET /search', 'journey GET /journeys/{journeyId}']),
    );
    expect(orphans.length / spans.length).toBeLessThan(0.005);
  });

  test('link to spans that are in the data', () => {
    const links = spans.flatMap((span) => span.links);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter(({ traceId, spanId }) => byId.get(spanId)?.traceId !== traceId)).toEqual([]);
  });

  test('cover two hours', () => {
    const from = BigInt(Date.UTC(2026, 2, 14, 9, 0)) * 1_000_000n;
    const minutes = new Set(
      spans.map(({ startUnixNano }) => Number((startUnixNano - from) / 60_000_000_000n)),
    );
    for (let minute = 0; minute < 120; minute++) expect(minutes).toContain(minute);
    expect(Math.max(...minutes)).toBeLessThanOrEqual(120);
  });

  test('come from more than twenty services, three applications and a web server among them', () => {
    const services = new Set(spans.map(({ service }) => service));
    expect(services.size).toBeGreaterThan(25);
    for (const name of ['easytrips-web', 'easytrips-ios', 'easytrips-android', 'nginx-edge']) {
      expect(services).toContain(name);
    }
  });

  test('speak both generations of the semantic conventions', () => {
    const keys = new Set(spans.flatMap((span) => [...span.attributes.keys()]));
    for (const key of ['http.method', 'http.request.method', 'db.system', 'db.system.name', 'node_id']) {
      expect(keys).toContain(key);
    }
  });

  test('of the instance with the wrong clock start before their parents', () => {
    const early = of('inventory', SERVER).filter((span) => {
      const parent = byId.get(span.parentSpanId ?? '');
      return parent !== undefined && span.startUnixNano < parent.startUnixNano;
    });
    expect(new Set(early.map(({ instance }) => instance)).size).toBe(1);
  });
});

describe('the story of the blog', () => {
  test('every request to AdsForBlog fails with an exception', () => {
    const requests = of('AdsForBlog', SERVER);
    expect(requests.length).toBeGreaterThan(50);
    expect(shareFailed(requests)).toBe(1);
    expect(requests.every(({ exceptionTypes }) => exceptionTypes.length === 1)).toBe(true);
  });

  test('the blog handles it, up to the page', () => {
    const callers = of('AdsForBlog', SERVER).flatMap((span) =>
      above(span).filter(({ kind }) => kind !== CLIENT),
    );
    expect(new Set(callers.map(({ service }) => service))).toEqual(
      new Set(['blog', 'frontend', 'nginx-edge', 'easytrips-web']),
    );
    expect(callers.filter(isFailed)).toEqual([]);
  });
});

describe('the story of the card verification', () => {
  test('6 to 10 % of its requests fail', () => {
    expect(verifications().length).toBeGreaterThan(200);
    expect(shareFailed(verifications())).toBeGreaterThan(0.06);
    expect(shareFailed(verifications())).toBeLessThan(0.1);
  });

  test('most of them in the incident, in which it is also slower', () => {
    const isInside = ({ startUnixNano: at }: DemoSpan): boolean => at >= INCIDENT_FROM && at < INCIDENT_TO;
    const inside = verifications().filter(isInside);
    const outside = verifications().filter((span) => !isInside(span));
    expect(shareFailed(inside)).toBeGreaterThan(0.25);
    expect(shareFailed(outside)).toBeLessThan(0.06);
    expect(median(inside.map(({ durationNs }) => durationNs))).toBeGreaterThan(
      3 * median(outside.map(({ durationNs }) => durationNs)),
    );
  });

  test('every failure fails everything above it', () => {
    const failed = verifications().filter(isFailed);
    expect(failed.flatMap(above).filter((span) => !isFailed(span))).toEqual([]);
  });

  test('they reach the clicks on "Book now" and "Pay"', () => {
    const actions = verifications()
      .filter(isFailed)
      .map((span) => topmost(span).attributes.get('target_text'));
    expect(actions).toContain('Book now');
    expect(actions).toContain('Pay');
  });
});

describe('the story of the carrier', () => {
  const requests = (): DemoSpan[] =>
    spans.filter((span) => (span.attributes.get('server.address') ?? '') === 'www.fedex.com');

  test('every request to www.fedex.com fails', () => {
    expect(requests().length).toBeGreaterThan(50);
    expect(shareFailed(requests())).toBe(1);
  });

  test('it is reached from two clicks; one fails, the other has a flat rate to fall back to', () => {
    const clicks = new Map(
      requests().map((span) => [topmost(span).attributes.get('target_text'), topmost(span)]),
    );
    expect(new Set(clicks.keys())).toEqual(new Set(['Get shipping quote', 'Track parcel']));
    expect(
      requests()
        .map(topmost)
        .every((click) => isFailed(click) === (click.attributes.get('target_text') === 'Track parcel')),
    ).toBe(true);
  });
});
