/** Browser pages and mobile apps: the spans of OpenTelemetry's web and mobile instrumentations. */
import { namedScopeJson } from './conventions.ts';
import { concretePath, int, makeTraceId, text, unixNanoText } from './otlp-text.ts';
import { pick, type Random } from './random.ts';
import { HOME_URL } from './services.ts';
import { KIND, scopePosition, shapeText, type ShapeOwner, type SpanShape } from './shapes.ts';
import type { Journey } from './vocabulary.ts';

const WEB_INTERACTION = namedScopeJson('@opentelemetry/instrumentation-user-interaction', '0.45.0');
const WEB_DOCUMENT = namedScopeJson('@opentelemetry/instrumentation-document-load', '0.45.0');

export type ActionJourney = Extract<Journey, { starts: 'click' | 'submit' | 'tap' }>;

/** The span of a click, a submit or a tap. */
export function actionShape(app: ShapeOwner, journey: ActionJourney): SpanShape {
  const { conventions, name } = app.description;
  if (journey.starts === 'tap') {
    const attributes = [
      text('screen.name', journey.page),
      text('event_type', 'tap'),
      text('target_text', journey.label),
    ];
    const facts = {
      use: 'own',
      name: `tap on "${journey.label}"`,
      kind: KIND.internal,
      attributes: () => attributes,
    } as const;
    return { scope: scopePosition(app, namedScopeJson(name, '')), ...shapeText(conventions, facts) };
  }
  const isClick = journey.starts === 'click';
  const id = journey.label.toLowerCase().replaceAll(' ', '-') + (isClick ? '' : '-form');
  const attributes = [
    text('event_type', journey.starts),
    text('target_element', isClick ? 'BUTTON' : 'FORM'),
    text('target_xpath', `//*[@id="${id}"]`),
    text('target_text', journey.label),
    text('url.full', HOME_URL + concretePath(journey.page)),
  ];
  const facts = {
    use: 'own',
    name: journey.starts,
    kind: KIND.internal,
    attributes: () => attributes,
  } as const;
  return { scope: scopePosition(app, WEB_INTERACTION), ...shapeText(conventions, facts) };
}

export interface LoadShapes {
  readonly load: SpanShape;
  readonly document: SpanShape;
  readonly resources: readonly SpanShape[];
}

const ASSETS = ['/assets/app-5f3c9e1b.js', '/assets/app-8a41d0c7.css', '/assets/hero.avif'];

/** The spans of a page that loads. */
export function loadShapes(app: ShapeOwner, page: string): LoadShapes {
  const scope = scopePosition(app, WEB_DOCUMENT);
  const make = (name: string, url: string, bytes: number): SpanShape => {
    const attributes = [
      text('url.full', url),
      ...(bytes > 0 ? [int('http.response_content_length', bytes)] : []),
    ];
    return {
      scope,
      ...shapeText('new', { use: 'own', name, kind: KIND.internal, attributes: () => attributes }),
    };
  };
  const url = HOME_URL + concretePath(page);
  return {
    load: make('documentLoad', url, 0),
    document: make('documentFetch', url, 5312),
    resources: ASSETS.map((asset, index) => make('resourceFetch', HOME_URL + asset, 18_204 * (index + 1))),
  };
}

const LOAD_EVENTS: readonly (readonly [string, number])[] = [
  ['fetchStart', 0],
  ['domInteractive', 0.45],
  ['firstContentfulPaint', 0.6],
  ['domComplete', 0.95],
  ['loadEventEnd', 1],
];

/** The events of a documentLoad span, as JSON text. */
export function loadEvents(startNs: number, endNs: number): string {
  const events = LOAD_EVENTS.map(
    ([name, share]) =>
      `{"timeUnixNano":"${unixNanoText(startNs + Math.floor((endNs - startNs) * share))}","name":"${name}"}`,
  );
  return `"events":[${events.join(',')}],`;
}

/** One visit of one person. */
export interface Session {
  /** Position among the app's instances: the kind of browser or device. */
  readonly device: number;
  readonly clientAddress: string;
  /** Attributes of every span of the app, starting with a comma. */
  readonly attributes: string;
}

const OPEN_SESSIONS = 60;
const USERS = 2500;

/** Visits that begin, perform some user actions and end. */
export function makeSessions(random: Random): { next(): Session } {
  const begin = (): Session => {
    const user = random.unit() < 0.8 ? ',' + text('user.id', `user-${1000 + random.below(USERS)}`) : '';
    const network = pick(random, ['198.51.100', '192.0.2', '203.0.113']);
    return {
      device: random.below(1 << 20),
      clientAddress: `${network}.${1 + random.below(254)}`,
      attributes: ',' + text('session.id', makeTraceId(random)) + user,
    };
  };
  const open = Array.from({ length: OPEN_SESSIONS }, begin);
  return {
    next() {
      const seat = random.below(open.length);
      if (random.unit() < 0.15) open[seat] = begin();
      return open[seat];
    },
  };
}
